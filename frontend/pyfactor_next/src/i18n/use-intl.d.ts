import type { messages } from "./messages";

// Makes a message key that does not exist a compile error.
declare module "use-intl" {
  interface AppConfig {
    Messages: typeof messages;
  }
}
