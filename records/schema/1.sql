-- case.db, version 1. Shipped: never change it, add the next file instead
-- (records/case_schema.c says how). Texts are "" where there is none, never
-- NULL. "sha" names a page by the SHA-256 of its image. "by" and "at" say who
-- brought a row and when.

-- Pages as read, and where they came from.

CREATE TABLE page (
    sha TEXT PRIMARY KEY,
    state INTEGER NOT NULL,
    reason TEXT NOT NULL, message_ja TEXT NOT NULL, message_en TEXT NOT NULL,
    form TEXT NOT NULL, version TEXT NOT NULL, document TEXT NOT NULL,
    form_page INTEGER NOT NULL, form_pages INTEGER NOT NULL,
    reader TEXT NOT NULL,
    rotation INTEGER NOT NULL, residual INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, dpi INTEGER NOT NULL,
    qr_form TEXT NOT NULL, qr_version TEXT NOT NULL,
    qr_page INTEGER NOT NULL, qr_pages INTEGER NOT NULL,
    qr_household TEXT NOT NULL, qr_child TEXT NOT NULL,
    qr_received TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE arrival (
    file TEXT NOT NULL, file_sha TEXT NOT NULL, number INTEGER NOT NULL,
    sha TEXT NOT NULL REFERENCES page,
    PRIMARY KEY (file, file_sha, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX arrival_page ON arrival (sha);

CREATE TABLE reading (
    sha TEXT NOT NULL REFERENCES page,
    form TEXT NOT NULL, version TEXT NOT NULL, reader TEXT NOT NULL,
    ord INTEGER NOT NULL,
    field TEXT NOT NULL, bind TEXT NOT NULL, caption TEXT NOT NULL,
    kind INTEGER NOT NULL, required INTEGER NOT NULL,
    state INTEGER NOT NULL,
    value TEXT NOT NULL, raw TEXT NOT NULL, runner_up TEXT NOT NULL,
    reason TEXT NOT NULL, confidence INTEGER NOT NULL,
    box_left INTEGER NOT NULL, box_top INTEGER NOT NULL,
    box_width INTEGER NOT NULL, box_height INTEGER NOT NULL,
    PRIMARY KEY (sha, form, version, reader, ord)
) STRICT, WITHOUT ROWID;

-- What people and files brought: appended, and covered by the audit chain.

CREATE TABLE filing (
    id INTEGER PRIMARY KEY,
    sha TEXT NOT NULL REFERENCES page,
    type TEXT NOT NULL,
    household TEXT NOT NULL, child TEXT NOT NULL,
    person INTEGER NOT NULL, seq INTEGER NOT NULL,
    state TEXT NOT NULL, received TEXT NOT NULL, why TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX filing_page ON filing (sha);

CREATE TABLE value (
    id INTEGER PRIMARY KEY,
    household TEXT NOT NULL, child TEXT NOT NULL,
    person INTEGER NOT NULL, seq INTEGER NOT NULL,
    path TEXT NOT NULL, source INTEGER NOT NULL,
    gone INTEGER NOT NULL, -- 1: takes back what the source had said
    state INTEGER NOT NULL, text TEXT NOT NULL,
    page TEXT NOT NULL,
    box_left INTEGER NOT NULL, box_top INTEGER NOT NULL,
    box_width INTEGER NOT NULL, box_height INTEGER NOT NULL,
    raw TEXT NOT NULL, confidence INTEGER NOT NULL, why TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX value_place
    ON value (household, child, person, seq, path, source, id DESC);

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    doc TEXT NOT NULL,
    household TEXT NOT NULL, type TEXT NOT NULL, holder TEXT NOT NULL,
    received TEXT NOT NULL, pages INTEGER NOT NULL, state TEXT NOT NULL,
    supersedes TEXT NOT NULL, page TEXT NOT NULL, why TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX document_doc ON document (doc);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    household TEXT NOT NULL, child TEXT NOT NULL,
    kind TEXT NOT NULL, happened TEXT NOT NULL, detail TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TABLE manual (
    id INTEGER PRIMARY KEY,
    household TEXT NOT NULL, child TEXT NOT NULL, person INTEGER NOT NULL,
    rule TEXT NOT NULL, points INTEGER NOT NULL, reason TEXT NOT NULL,
    given_by TEXT NOT NULL, approved_by TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX manual_place ON manual (household, child, person, rule);

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL, kind TEXT NOT NULL, inputs TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;

CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    doubt TEXT NOT NULL, text TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX answer_doubt ON answer (doubt);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    by TEXT NOT NULL, at TEXT NOT NULL,
    action TEXT NOT NULL, subject TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL,
    content TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER filing_kept BEFORE UPDATE ON filing
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER filing_stays BEFORE DELETE ON filing
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER value_kept BEFORE UPDATE ON value
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER value_stays BEFORE DELETE ON value
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER document_kept BEFORE UPDATE ON document
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER event_kept BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER manual_kept BEFORE UPDATE ON manual
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER manual_stays BEFORE DELETE ON manual
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER run_kept BEFORE UPDATE ON run
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER run_stays BEFORE DELETE ON run
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER answer_kept BEFORE UPDATE ON answer
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER answer_stays BEFORE DELETE ON answer
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'appended only'); END;

-- Derived: emptied and made again whenever sheets are assembled.

CREATE TABLE doubt (
    id TEXT PRIMARY KEY,
    check_name TEXT NOT NULL, gating INTEGER NOT NULL,
    household TEXT NOT NULL, child TEXT NOT NULL,
    person INTEGER NOT NULL, seq INTEGER NOT NULL,
    page TEXT NOT NULL, file TEXT NOT NULL, number INTEGER NOT NULL,
    form TEXT NOT NULL, form_page INTEGER NOT NULL, ord INTEGER NOT NULL,
    field TEXT NOT NULL, path TEXT NOT NULL, caption TEXT NOT NULL,
    what_ja TEXT NOT NULL, what_en TEXT NOT NULL,
    value TEXT NOT NULL, raw TEXT NOT NULL, runner_up TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    box_left INTEGER NOT NULL, box_top INTEGER NOT NULL,
    box_width INTEGER NOT NULL, box_height INTEGER NOT NULL,
    answer TEXT NOT NULL, answered_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paper (
    doc TEXT PRIMARY KEY,
    household TEXT NOT NULL, type TEXT NOT NULL, holder TEXT NOT NULL,
    received TEXT NOT NULL, pages INTEGER NOT NULL, state TEXT NOT NULL,
    supersedes TEXT NOT NULL, page TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE joining (
    page TEXT PRIMARY KEY,
    household TEXT NOT NULL, person INTEGER NOT NULL, seq INTEGER NOT NULL,
    state TEXT NOT NULL, evidence TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    ord INTEGER PRIMARY KEY,
    severity INTEGER NOT NULL,
    place TEXT NOT NULL, check_name TEXT NOT NULL,
    what_ja TEXT NOT NULL, what_en TEXT NOT NULL
) STRICT;
