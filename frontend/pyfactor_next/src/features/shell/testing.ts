import type { Me } from "@/features/session";

/** Ada, a member of Acme, as the tests of the shell sign her in. */
export const me: Me = {
  user: { id: "u1", email: "ada@example.com", name: "Ada", language: "en", timezone: "UTC" },
  lacks_second_factor: false,
  lacks_single_sign_on: false,
  is_confined: false,
  membership: { id: "m1", role: "member" },
  tenant: {
    id: "t1",
    slug: "acme",
    name: "Acme",
    currency: "EUR",
    country: "DE",
    language: "en",
    timezone: "UTC",
    week_start: 1,
    onboarded_at: "2026-01-01T00:00:00Z",
    version: 1,
  },
};
