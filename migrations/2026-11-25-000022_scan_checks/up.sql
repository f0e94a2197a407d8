-- On its own: validating locks out no reader and no writer.
ALTER TABLE blobs VALIDATE CONSTRAINT blobs_scan, VALIDATE CONSTRAINT blobs_virus;
