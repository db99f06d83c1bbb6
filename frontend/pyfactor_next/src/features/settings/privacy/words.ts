import { useTranslations } from "use-intl";
import type { MappedTable } from "./queries";

export type Kind = MappedTable["fields"][number]["kind"];

/** What the catalogue calls each table of the map; a table without a name here does not compile. */
const NAMED = {
  "crm.customer": "customer",
  "crm.contact": "contact",
  "crm.customercontact": "link",
  "crm.deal": "deal",
  "crm.dealstageevent": "stageEvent",
  "crm.activity": "activity",
  "crm.attachment": "attachment",
  "crm.customertag": "customerTag",
  "crm.contacttag": "contactTag",
  "crm.dealtag": "dealTag",
  "crm.distinction": "distinction",
  "crm.duplicatepair": "pair",
  "crm.contactdistinction": "contactDistinction",
  "crm.contactpair": "contactPair",
  "crm.duplicatescan": "duplicateScan",
  "crm.importjob": "import",
  "crm.export": "export",
  "crm.importrow": "importRow",
  "crm.favourite": "favourite",
  "crm.notification": "notification",
  "crm.savedview": "view",
  "crm.tag": "tag",
  "crm.lostreason": "lostReason",
  "crm.pipeline": "pipeline",
  "crm.stage": "stage",
  "crm.customfield": "customField",
  "crm.numbercounter": "counter",
  "identity.user": "user",
  "identity.membership": "member",
  "identity.session": "session",
  "identity.apikey": "apiKey",
  "identity.invitation": "invitation",
  "identity.tenant": "tenant",
  "identity.team": "team",
  "identity.teammember": "teamMember",
  "account.emailaddress": "accountEmail",
  "account.emailconfirmation": "confirmation",
  "mfa.authenticator": "authenticator",
  "auth.group": "djangoGroup",
  "auth.group_permissions": "djangoGroupPermission",
  "auth.permission": "djangoPermission",
  "contenttypes.contenttype": "contentType",
  "jobs.job": "job",
  "procrastinate.procrastinatejob": "queueJob",
  "procrastinate.procrastinateworker": "queueWorker",
  "procrastinate.procrastinateevent": "queueEvent",
  "procrastinate.procrastinateperiodicdefer": "queuePeriodic",
  "history.changeset": "reason",
  "history.change": "history",
  "history.chainlink": "seal",
  "api.idempotencykey": "answer",
  "api.ratelimit": "rateLimit",
  "webhooks.endpoint": "webhook",
  "webhooks.endpointsecret": "webhookSecret",
  "webhooks.delivery": "delivery",
  "privacy.erasure": "erasure",
  "privacy.retentionrules": "retention",
  "sso.provider": "provider",
  "sso.domain": "domain",
  "sso.link": "ssoLink",
  "portability.businessexport": "wholeBusiness",
} as const satisfies Record<MappedTable["entity"], string>;

function isNamed(entity: string): entity is keyof typeof NAMED {
  return entity in NAMED;
}

/** What a table is called. Counts may name one that is no more: it is called by its own name. */
export function useEntityName(): (entity: string) => string {
  const t = useTranslations("settings.privacy.tables");
  return (entity) => (isNamed(entity) ? t(NAMED[entity]) : entity);
}
