ALTER TABLE wordings VALIDATE CONSTRAINT wordings_message_check;
