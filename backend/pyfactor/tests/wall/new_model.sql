BEGIN;
--
-- Create model Shelf
--
CREATE TABLE "shelf" (
    "tenant_id" uuid DEFAULT (app.tenant_id()) NOT NULL,
    "id" uuid DEFAULT (uuidv7()) NOT NULL,
    "name" varchar(40) NOT NULL,
    "code" varchar(8) NOT NULL,
    CONSTRAINT "shelf_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE "shelf" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "shelf" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "shelf" USING (tenant_id = app.tenant_id()) WITH CHECK (tenant_id = (SELECT app.tenant_id()));
GRANT SELECT, INSERT, UPDATE, DELETE ON "shelf" TO dott_rw;
ALTER TABLE "shelf" ADD CONSTRAINT "shelf_tenant_id_code_56d9b2c2_uniq" UNIQUE ("tenant_id", "code");
--
-- Create model Book
--
CREATE TABLE "book" (
    "tenant_id" uuid DEFAULT (app.tenant_id()) NOT NULL,
    "id" uuid DEFAULT (uuidv7()) NOT NULL,
    "title" varchar(200) NOT NULL,
    "isbn" varchar(13) NOT NULL,
    "pages" integer NOT NULL,
    "shelf_id" uuid NOT NULL,
    CONSTRAINT "book_title_once_a_shelf" UNIQUE ("tenant_id", "shelf_id", "title"),
    CONSTRAINT "book_has_pages" CHECK ("pages" > 0),
    CONSTRAINT "book_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE "book" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "book" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "book" USING (tenant_id = app.tenant_id()) WITH CHECK (tenant_id = (SELECT app.tenant_id()));
GRANT SELECT, INSERT ON "book" TO dott_rw;
--
-- Add field owner to book
--
ALTER TABLE "book" ADD COLUMN "owner_id" uuid NULL;
--
-- Create index book_by_length on F(tenant_id), OrderBy(F(pages), descending=True) on model book
--
CREATE INDEX "book_by_length" ON "book" ("tenant_id", "pages" DESC);
CREATE INDEX "shelf_by_name" ON "shelf" ("tenant_id", "name", "id");
ALTER TABLE "book" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "shelf" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "book" ADD CONSTRAINT "book_shelf_id_40928700_fk_shelf_id" FOREIGN KEY ("tenant_id", "shelf_id") REFERENCES "shelf" ("tenant_id", "id") DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "book" FORCE ROW LEVEL SECURITY;
ALTER TABLE "shelf" FORCE ROW LEVEL SECURITY;
CREATE UNIQUE INDEX "book_isbn_is_unique" ON "book" ("tenant_id", "isbn") WHERE NOT ("isbn" = '');
ALTER TABLE "book" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "identity_membership" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "book" ADD CONSTRAINT "book_owner_id_7481700e_fk_identity_membership_id" FOREIGN KEY ("tenant_id", "owner_id") REFERENCES "identity_membership" ("tenant_id", "id") DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "book" FORCE ROW LEVEL SECURITY;
ALTER TABLE "identity_membership" FORCE ROW LEVEL SECURITY;
CREATE INDEX "book_tenant_id_owner_id_7f2180e3" ON "book" ("tenant_id", "owner_id");
COMMIT;
