"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "@/ui/input";

type PasswordInputProps = Omit<ComponentProps<"input">, "type"> & {
  autoComplete: "current-password" | "new-password";
};

/** A password field whose text can be shown; password managers know it by autoComplete. */
export function PasswordInput(props: PasswordInputProps) {
  const t = useTranslations("auth");
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input {...props} type={isShown ? "text" : "password"} spellCheck={false} className="pe-9" />
      <button
        type="button"
        aria-label={isShown ? t("hide") : t("show")}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-1 inset-e-1 flex w-7 items-center justify-center rounded-sm text-faint hover:text-ink"
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </div>
  );
}
