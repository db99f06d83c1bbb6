"use client";

import { Mail, Phone } from "lucide-react";
import { useTranslations } from "use-intl";
import { formatPhone, phoneHref } from "@/features/customers";

interface ReachProps {
  phone: string;
  extension: string;
  email: string;
  doNotCall: boolean;
  doNotEmail: boolean;
}

const link = "flex min-h-6 min-w-0 items-center gap-1.5 underline-offset-4 hover:underline";

/** How somebody is reached, as links that dial and write; said where she does not want it. */
export function Reach({ phone, extension, email, doNotCall, doNotEmail }: ReachProps) {
  const t = useTranslations("contacts.fields");
  if (!phone && !email) return null;
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-4 text-xs text-muted [&_svg]:size-3.5 [&_svg]:shrink-0">
      {phone ? (
        doNotCall ? (
          <span className="flex min-h-6 items-center gap-1.5">
            <Phone aria-hidden />
            <span dir="ltr" className="line-through">
              {formatPhone(phone, extension)}
            </span>
            {t("do_not_call")}
          </span>
        ) : (
          <a href={phoneHref(phone, extension)} className={link}>
            <Phone aria-hidden />
            <span dir="ltr" className="tabular">
              {formatPhone(phone, extension)}
            </span>
          </a>
        )
      ) : null}
      {email ? (
        doNotEmail ? (
          <span className="flex min-h-6 min-w-0 items-center gap-1.5">
            <Mail aria-hidden />
            <span className="truncate line-through">{email}</span>
            {t("do_not_email")}
          </span>
        ) : (
          <a href={`mailto:${email}`} className={link}>
            <Mail aria-hidden />
            <span className="truncate">{email}</span>
          </a>
        )
      ) : null}
    </p>
  );
}
