import type { ImportJob } from "./types";

type Program = Exclude<ImportJob["layout"], "" | "vcard">;

/** The programs whose exports are known, by their own names, which no language changes. */
export const layoutNames: Record<Program, string> = {
  hubspot: "HubSpot",
  salesforce: "Salesforce",
  pipedrive: "Pipedrive",
  zoho: "Zoho CRM",
  google_contacts: "Google Contacts",
  outlook: "Outlook",
};
