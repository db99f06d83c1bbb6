import auth from "@messages/en/auth.json";
import common from "@messages/en/common.json";
import ui from "@messages/en/ui.json";

/** What any page may say; the rest comes with its section (section-messages.tsx). */
export const sharedMessages = { auth, common, ui };
