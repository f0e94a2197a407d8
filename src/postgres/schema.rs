//! The tables as diesel knows them, made from the migrations; what each is for stands in the database (`COMMENT ON`).
#![allow(missing_docs, reason = "generated; the tables and columns are documented in the database itself")]

diesel::table! {
    answers (message_id) {
        message_id -> Uuid,
        questionnaire_id -> Uuid,
        by_question -> Jsonb,
    }
}

diesel::table! {
    arrivals (id) {
        id -> Uuid,
        received_at -> Timestamptz,
        channel -> Text,
        sender -> Text,
        recipients -> Jsonb,
        raw -> Binary,
        sameness -> Binary,
        form_nonce -> Nullable<Binary>,
        outcome -> Text,
        reason -> Nullable<Text>,
        ticket_id -> Nullable<Uuid>,
        acknowledged -> Bool,
        flooded -> Bool,
    }
}

diesel::table! {
    attachments (id) {
        id -> Uuid,
        message_id -> Uuid,
        position -> Int4,
        filename -> Text,
        content_type -> Text,
        sniffed_type -> Text,
        size -> Int8,
        sha256 -> Binary,
        inline -> Bool,
        content_id -> Nullable<Text>,
        summary -> Nullable<Jsonb>,
    }
}

diesel::table! {
    blobs (sha256) {
        sha256 -> Binary,
        content -> Binary,
        created_at -> Timestamptz,
        scan -> Nullable<Text>,
        virus -> Nullable<Text>,
    }
}

diesel::table! {
    contacts (person_id, kind, value) {
        person_id -> Uuid,
        kind -> Text,
        value -> Text,
        shown -> Text,
    }
}

diesel::table! {
    deeds (key) {
        key -> Binary,
        ticket_id -> Uuid,
        at -> Timestamptz,
    }
}

diesel::table! {
    divisions (id) {
        id -> Uuid,
        slug -> Text,
        names -> Jsonb,
        telephone -> Text,
        fax -> Text,
        email -> Text,
        email_kept_by -> Text,
        calendar -> Jsonb,
        position -> Int4,
    }
}

diesel::table! {
    events (id) {
        id -> Uuid,
        ticket_id -> Uuid,
        at -> Timestamptz,
        staff_id -> Nullable<Uuid>,
        event -> Jsonb,
    }
}

diesel::table! {
    fetched_letters (mailbox_id, uid_validity, uid) {
        mailbox_id -> Uuid,
        uid_validity -> Int8,
        uid -> Int8,
        digest -> Binary,
    }
}

diesel::table! {
    kept_files (sha256) {
        sha256 -> Bytea,
        until -> Timestamptz,
    }
}

diesel::table! {
    logos (sha256) {
        sha256 -> Bytea,
        kind -> Text,
        width -> Int4,
        height -> Int4,
        content -> Bytea,
    }
}

diesel::table! {
    mailboxes (id) {
        id -> Uuid,
        name -> Text,
        uid_validity -> Int8,
        last_uid -> Int8,
        reached_at -> Nullable<Timestamptz>,
        trouble -> Nullable<Text>,
        trouble_since -> Nullable<Timestamptz>,
        counted_at -> Nullable<Timestamptz>,
        on_server -> Nullable<Int8>,
        in_ledger -> Nullable<Int8>,
    }
}

diesel::table! {
    memberships (staff_id, division_id) {
        staff_id -> Uuid,
        division_id -> Uuid,
    }
}

diesel::table! {
    messages (id) {
        id -> Uuid,
        ticket_id -> Uuid,
        kind -> Text,
        channel -> Text,
        staff_id -> Nullable<Uuid>,
        arrival_id -> Nullable<Uuid>,
        sender_name -> Text,
        sender_address -> Text,
        sender_known -> Bool,
        automatic -> Bool,
        language -> Nullable<Text>,
        text -> Text,
        new_part -> Nullable<Text>,
        html -> Nullable<Text>,
        mail_id -> Nullable<Text>,
        bounce -> Nullable<Jsonb>,
        created_at -> Timestamptz,
        cc -> Jsonb,
        bcc -> Jsonb,
        failed_checks -> Jsonb,
        subject -> Nullable<Text>,
    }
}

diesel::table! {
    missed_searches (folded, language) {
        folded -> Text,
        language -> Text,
        typed -> Text,
        times -> Int4,
        last_at -> Timestamptz,
    }
}

diesel::table! {
    one_time_links (token_hash) {
        token_hash -> Binary,
        staff_id -> Nullable<Uuid>,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    organisation (id) {
        id -> Int2,
        names -> Jsonb,
        headline -> Jsonb,
        lead -> Jsonb,
        accent_light -> Nullable<Text>,
        accent_dark -> Nullable<Text>,
        logo -> Nullable<Bytea>,
    }
}

diesel::table! {
    outbox (id) {
        id -> Uuid,
        number -> Int8,
        ticket_id -> Uuid,
        message_id -> Nullable<Uuid>,
        purpose -> Text,
        channel -> Text,
        recipient -> Text,
        letter -> Jsonb,
        mail_id -> Text,
        state -> Text,
        attempts -> Int4,
        next_attempt_at -> Timestamptz,
        lease_until -> Nullable<Timestamptz>,
        lease_holder -> Nullable<Uuid>,
        server_code -> Nullable<Text>,
        server_words -> Nullable<Text>,
        created_at -> Timestamptz,
        finished_at -> Nullable<Timestamptz>,
        bounce -> Nullable<Jsonb>,
    }
}

diesel::table! {
    own_page_keys (ticket_id) {
        ticket_id -> Uuid,
        generation -> Int4,
    }
}

diesel::table! {
    page_versions (page_id, version) {
        page_id -> Uuid,
        version -> Int4,
        texts -> Jsonb,
        saved_at -> Timestamptz,
        saved_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    page_votes (page_id, language, day) {
        page_id -> Uuid,
        language -> Text,
        day -> Date,
        helpful -> Int4,
        unhelpful -> Int4,
        answered -> Int4,
    }
}

diesel::table! {
    pages (id) {
        id -> Uuid,
        slug -> Text,
        kind -> Text,
        topic -> Nullable<Text>,
        position -> Int4,
        latest_version -> Int4,
        published_version -> Nullable<Int4>,
        published_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    participants (ticket_id, address) {
        ticket_id -> Uuid,
        address -> Text,
    }
}

diesel::table! {
    people (id) {
        id -> Uuid,
        name -> Text,
        organisation -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    programmes (slug) {
        slug -> Text,
        topic -> Text,
        titles -> Jsonb,
        summaries -> Jsonb,
        position -> Int4,
    }
}

diesel::table! {
    questionnaires (id) {
        id -> Uuid,
        topic -> Text,
        version -> Int4,
        questions -> Jsonb,
        made_at -> Timestamptz,
        made_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    routing_rules (id) {
        id -> Uuid,
        position -> Int4,
        condition -> Jsonb,
        division_id -> Uuid,
        topic -> Nullable<Text>,
        priority -> Nullable<Text>,
    }
}

diesel::table! {
    satisfactions (ticket_id, resolution) {
        ticket_id -> Uuid,
        resolution -> Uuid,
        score -> Int2,
        words -> Text,
        given_at -> Timestamptz,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::postgres::column::TsVector;

    search_documents (message_id, part) {
        message_id -> Uuid,
        part -> Int4,
        ticket_number -> Int8,
        tokens -> TsVector,
        folded -> Text,
    }
}

diesel::table! {
    search_pending (message_id) {
        message_id -> Uuid,
    }
}

diesel::table! {
    secrets (name) {
        name -> Text,
        value -> Binary,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Binary,
        staff_id -> Uuid,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_failures (account_or_network) {
        account_or_network -> Text,
        failures -> Int4,
        last_at -> Timestamptz,
    }
}

diesel::table! {
    sister_cities (position) {
        position -> Int4,
        prefecture -> Nullable<Int2>,
        home -> Nullable<Jsonb>,
        country -> Nullable<Text>,
        partner -> Nullable<Jsonb>,
        since -> Nullable<Text>,
        wish -> Nullable<Jsonb>,
        is_example -> Bool,
    }
}

diesel::table! {
    sister_city_list (is_only) {
        is_only -> Bool,
        version -> Int4,
        taken_at -> Timestamptz,
        taken_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    staff (id) {
        id -> Uuid,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        language -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    ticket_tags (ticket_id, tag) {
        ticket_id -> Uuid,
        tag -> Text,
        number -> Int8,
    }
}

diesel::table! {
    ticket_topics (ticket_id, topic) {
        ticket_id -> Uuid,
        topic -> Text,
    }
}

diesel::table! {
    tickets (id) {
        id -> Uuid,
        number -> Int8,
        subject -> Text,
        status -> Text,
        priority -> Text,
        channel -> Text,
        division_id -> Uuid,
        topic -> Text,
        person_id -> Uuid,
        enquirer_name -> Text,
        enquirer_organisation -> Text,
        enquirer_address -> Nullable<Text>,
        assignee_id -> Nullable<Uuid>,
        language -> Nullable<Text>,
        version -> Int8,
        automatic -> Bool,
        bounced -> Bool,
        related_number -> Nullable<Int8>,
        spam_reason -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        waiting_since -> Nullable<Timestamptz>,
        due_at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
        enquirer_reading -> Text,
    }
}

diesel::table! {
    topics (slug) {
        slug -> Text,
        names -> Jsonb,
        hints -> Jsonb,
        division_id -> Uuid,
        position -> Int4,
        is_offered -> Bool,
    }
}

diesel::table! {
    unjudged (message_id) {
        message_id -> Uuid,
        joined_by -> Nullable<Text>,
        attempts -> Int4,
        next_attempt_at -> Timestamptz,
    }
}

diesel::table! {
    wordings (message, language) {
        message -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        changed_at -> Timestamptz,
        changed_by -> Uuid,
    }
}

diesel::joinable!(answers -> messages (message_id));
diesel::joinable!(answers -> questionnaires (questionnaire_id));
diesel::joinable!(arrivals -> tickets (ticket_id));
diesel::joinable!(attachments -> blobs (sha256));
diesel::joinable!(attachments -> messages (message_id));
diesel::joinable!(contacts -> people (person_id));
diesel::joinable!(deeds -> tickets (ticket_id));
diesel::joinable!(events -> staff (staff_id));
diesel::joinable!(events -> tickets (ticket_id));
diesel::joinable!(fetched_letters -> mailboxes (mailbox_id));
diesel::joinable!(memberships -> divisions (division_id));
diesel::joinable!(memberships -> staff (staff_id));
diesel::joinable!(messages -> arrivals (arrival_id));
diesel::joinable!(messages -> staff (staff_id));
diesel::joinable!(messages -> tickets (ticket_id));
diesel::joinable!(one_time_links -> staff (staff_id));
diesel::joinable!(organisation -> logos (logo));
diesel::joinable!(outbox -> messages (message_id));
diesel::joinable!(outbox -> tickets (ticket_id));
diesel::joinable!(own_page_keys -> tickets (ticket_id));
diesel::joinable!(page_versions -> staff (saved_by));
diesel::joinable!(page_votes -> pages (page_id));
diesel::joinable!(participants -> tickets (ticket_id));
diesel::joinable!(programmes -> topics (topic));
diesel::joinable!(questionnaires -> staff (made_by));
diesel::joinable!(questionnaires -> topics (topic));
diesel::joinable!(routing_rules -> divisions (division_id));
diesel::joinable!(routing_rules -> topics (topic));
diesel::joinable!(satisfactions -> tickets (ticket_id));
diesel::joinable!(search_documents -> messages (message_id));
diesel::joinable!(search_pending -> messages (message_id));
diesel::joinable!(sessions -> staff (staff_id));
diesel::joinable!(sister_city_list -> staff (taken_by));
diesel::joinable!(ticket_tags -> tickets (ticket_id));
diesel::joinable!(ticket_topics -> tickets (ticket_id));
diesel::joinable!(ticket_topics -> topics (topic));
diesel::joinable!(tickets -> divisions (division_id));
diesel::joinable!(tickets -> people (person_id));
diesel::joinable!(tickets -> staff (assignee_id));
diesel::joinable!(tickets -> topics (topic));
diesel::joinable!(topics -> divisions (division_id));
diesel::joinable!(unjudged -> messages (message_id));
diesel::joinable!(wordings -> staff (changed_by));
diesel::allow_tables_to_appear_in_same_query!(
    answers,
    arrivals,
    attachments,
    blobs,
    contacts,
    deeds,
    divisions,
    events,
    fetched_letters,
    kept_files,
    logos,
    mailboxes,
    memberships,
    messages,
    missed_searches,
    one_time_links,
    organisation,
    outbox,
    own_page_keys,
    page_versions,
    page_votes,
    pages,
    participants,
    people,
    programmes,
    questionnaires,
    routing_rules,
    satisfactions,
    search_documents,
    search_pending,
    secrets,
    sessions,
    sign_in_failures,
    sister_cities,
    sister_city_list,
    staff,
    ticket_tags,
    ticket_topics,
    tickets,
    topics,
    unjudged,
    wordings,
);
