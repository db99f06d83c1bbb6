import { useTranslations } from "use-intl";
import * as z from "zod/mini";

/** The rules a browser can check; what the server knows better, it says. */
export function useAccountSchemas() {
  const t = useTranslations("auth.missing");
  const email = z
    .string()
    .check(z.trim(), z.minLength(1, t("email")), z.email({ error: t("emailForm"), abort: true }));
  const code = z.string().check(z.trim(), z.minLength(1, t("code")));
  const newPassword = z.string().check(z.minLength(1, t("newPassword")));
  return {
    signIn: z.object({ email, password: z.string().check(z.minLength(1, t("password"))) }),
    signUp: z.object({
      name: z.string().check(z.trim(), z.minLength(1, t("name"))),
      email,
      password: newPassword,
    }),
    code: z.object({ key: code }),
    resetRequest: z.object({ email }),
    reset: z.object({ key: code, password: newPassword }),
  };
}
