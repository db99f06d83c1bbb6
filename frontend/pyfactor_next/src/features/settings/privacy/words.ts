import { useTranslations } from "use-intl";
import type { MappedTable } from "./queries";

export type Kind = MappedTable["fields"][number]["kind"];

/** Tables that have a name in the catalogue; others are called by their own. */
const NAMED = {
  "crm.customer": "customer",
  "crm.contact": "contact",
  "crm.deal": "deal",
  "crm.activity": "activity",
  "crm.attachment": "attachment",
  "crm.tag": "tag",
  "crm.savedview": "view",
  "crm.importjob": "import",
  "crm.importrow": "importRow",
  "crm.customercontact": "link",
  "crm.notification": "notification",
  "history.change": "history",
  "history.changeset": "reason",
  "api.idempotencykey": "answer",
  "identity.membership": "member",
  "portability.businessexport": "wholeBusiness",
} as const;

function isNamed(entity: string): entity is keyof typeof NAMED {
  return entity in NAMED;
}

/** What a table is called. */
export function useEntityName(): (entity: string) => string {
  const t = useTranslations("settings.privacy.tables");
  return (entity) => (isNamed(entity) ? t(NAMED[entity]) : entity);
}
