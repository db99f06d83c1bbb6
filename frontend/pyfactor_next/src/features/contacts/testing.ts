import type { Contact, Link } from "./types";

const FIRM = "0192f7a0-0000-7000-8000-0000000000f1";
const ADA = "0192f7a0-0000-7000-8000-0000000000c1";

/** A contact for tests; give what the test asserts. */
export function makeContact(values: Partial<Contact> = {}): Contact {
  return {
    id: ADA,
    external_id: "",
    display_name: "Ada Byron",
    salutation: "",
    first_name: "Ada",
    last_name: "Byron",
    job_title: "Buyer",
    department: "",
    email: "ada@example.com",
    phone: "+493012345",
    phone_extension: "",
    phone_raw: "",
    language: "",
    birthday: null,
    do_not_call: false,
    do_not_email: false,
    notes: "",
    tags: [],
    custom: {},
    last_activity_at: null,
    next_activity_at: null,
    created_at: "2026-01-01T09:00:00Z",
    updated_at: "2026-01-01T09:00:00Z",
    created_by: null,
    updated_by: null,
    deleted_at: null,
    version: 1,
    ...values,
  };
}

/** Ada at the Old Mill, in no particular role. */
export function makeLink(values: Partial<Link> = {}): Link {
  return {
    id: "0192f7a0-0000-7000-8000-0000000000a1",
    customer: FIRM,
    customer_name: "Old Mill",
    customer_deleted_at: null,
    contact: ADA,
    contact_name: "Ada Byron",
    contact_job_title: "Buyer",
    contact_email: "ada@example.com",
    contact_phone: "+493012345",
    contact_phone_extension: "",
    contact_do_not_call: false,
    contact_do_not_email: false,
    contact_deleted_at: null,
    role: "other",
    is_primary: false,
    created_at: "2026-01-01T09:00:00Z",
    updated_at: "2026-01-01T09:00:00Z",
    created_by: null,
    updated_by: null,
    version: 3,
    ...values,
  };
}
