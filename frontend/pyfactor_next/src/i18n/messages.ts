import activities from "@messages/en/activities.json";
import attachments from "@messages/en/attachments.json";
import auth from "@messages/en/auth.json";
import common from "@messages/en/common.json";
import contacts from "@messages/en/contacts.json";
import customers from "@messages/en/customers.json";
import deals from "@messages/en/deals.json";
import exports from "@messages/en/exports.json";
import fields from "@messages/en/fields.json";
import history from "@messages/en/history.json";
import home from "@messages/en/home.json";
import imports from "@messages/en/imports.json";
import onboarding from "@messages/en/onboarding.json";
import records from "@messages/en/records.json";
import settings from "@messages/en/settings.json";
import shell from "@messages/en/shell.json";
import tags from "@messages/en/tags.json";
import timeline from "@messages/en/timeline.json";
import ui from "@messages/en/ui.json";

/** Every text a person reads: one file per feature, under the feature's name. */
export const messages = {
  activities,
  attachments,
  auth,
  common,
  contacts,
  customers,
  exports,
  fields,
  home,
  history,
  deals,
  imports,
  onboarding,
  records,
  settings,
  shell,
  tags,
  ui,
  timeline,
};
