/** The security events that have a sentence in the catalogues; another one is called by its name. */
export const EVENTS = [
  "signed_in",
  "signed_out",
  "sessions_ended",
  "password_changed",
  "totp_added",
  "totp_removed",
  "passkey_added",
  "passkey_removed",
  "recovery_codes_made",
  "recovery_code_used",
  "all_removed",
  "member_changed",
  "member_left",
  "member_invited",
  "invitation_withdrawn",
  "member_joined",
  "api_key_made",
  "api_key_revoked",
  "business_made",
  "business_changed",
  "second_factor_asked",
] as const;

export type EventName = (typeof EVENTS)[number] | "other";
