import { useTranslations } from "use-intl";
import { filled } from "@/ui/filled";

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * What a browser can check before asking; the server knows better and says so. Plain rules and no
 * schema library: these pages are loaded before anything is cached.
 */
export function useAccountRules() {
  const t = useTranslations("auth.missing");
  return {
    name: filled(t("name")),
    email: {
      validate: (value: string) => {
        if (value.trim() === "") return t("email");
        return ADDRESS.test(value.trim()) || t("emailForm");
      },
      setValueAs: (value: string) => value.trim(),
    },
    password: filled(t("password")),
    newPassword: filled(t("newPassword")),
    code: { ...filled(t("code")), setValueAs: (value: string) => value.trim() },
  };
}
