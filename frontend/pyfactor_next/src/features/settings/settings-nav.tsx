"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { cn } from "@/ui/cn";

const groups = [
  { name: "personal", items: ["profile", "signIn", "sessions"] },
  {
    name: "business",
    items: [
      "general",
      "members",
      "pipelines",
      "tags",
      "fields",
      "apiKeys",
      "webhooks",
      "exports",
      "yourData",
      "activity",
      "security",
      "privacy",
    ],
  },
] as const;

const paths = {
  profile: "profile",
  signIn: "sign-in",
  sessions: "sessions",
  general: "business",
  members: "members",
  activity: "activity",
  pipelines: "pipelines",
  tags: "tags",
  apiKeys: "api-keys",
  exports: "exports",
  yourData: "your-data",
  webhooks: "webhooks",
  fields: "fields",
  security: "security",
  privacy: "privacy",
} as const;

/** The sections beside a settings page; above it on a phone. */
export function SettingsNav() {
  const t = useTranslations("settings");
  const pathname = usePathname();
  const { slug } = useSession();
  return (
    <nav
      aria-label={t("sections")}
      className="flex shrink-0 gap-1 overflow-x-auto border-b px-3 py-2 scrollbar-none md:w-52 md:flex-col md:gap-5 md:border-e md:border-b-0 md:px-3 md:py-4"
    >
      {groups.map((group) => (
        <div key={group.name} className="flex gap-1 md:flex-col md:gap-0.5">
          <p className="hidden px-2 pb-1 text-xs font-medium text-muted md:block">
            {t(`nav.${group.name}`)}
          </p>
          {group.items.map((item) => {
            const href = `/${slug}/settings/${paths[item]}`;
            const isCurrent = pathname === href;
            return (
              <Link
                key={item}
                href={href}
                // So many pages, each opened so seldom, are not worth a request each at every visit.
                prefetch={false}
                aria-current={isCurrent ? "page" : undefined}
                className={cn(
                  "flex h-8 shrink-0 items-center rounded-md px-2.5 text-sm font-medium",
                  isCurrent ? "bg-hover text-ink" : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                {t(`nav.${item}`)}
              </Link>
            );
          })}
        </div>
      ))}
    </nav>
  );
}
