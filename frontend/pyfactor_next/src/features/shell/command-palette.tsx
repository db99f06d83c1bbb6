"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { FileUp, Plus, Search, ShieldCheck, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useSession } from "@/features/session";
import { Avatar } from "@/ui/avatar";
import { itemStyle } from "@/ui/popup-style";
import { navigation } from "./navigation";

interface Command {
  id: string;
  label: string;
  note?: string;
  icon: ReactNode;
  href: string;
}

interface CommandGroup {
  value: string;
  items: Command[];
}

const SEARCH_LIMIT = 8;

/** Finds customers and pages by typing. Mounted while it is open. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell.palette");
  const router = useRouter();
  const [text, setText] = useState("");
  // What Enter opens must be what was typed: commands follow each key at once and stand first, so that
  // customers who arrive later never slip under the finger.
  const commands = useCommands(text.trim());
  const query = useDeferredValue(text.trim());
  const customers = useCustomerSearch(query);
  const groups: CommandGroup[] = [
    ...commands,
    { value: t("customers"), items: customers.items },
  ].filter((group) => group.items.length > 0);

  const open = (href: string): void => {
    onClose();
    router.push(href);
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label={t("title")}
          className="fixed inset-x-3 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] max-w-xl flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-dialog outline-none"
        >
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={text}
            onValueChange={setText}
            mode="none"
            itemToStringValue={(item: Command) => item.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-2.5 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-faint" />
              <Autocomplete.Input
                aria-label={t("title")}
                placeholder={t("placeholder")}
                autoFocus
                className="h-12 w-full bg-transparent text-base outline-none placeholder:text-faint"
              />
            </div>
            <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.value} items={group.items} className="pb-1.5">
                  <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-xs font-medium text-muted">
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Command) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        className={itemStyle}
                        onClick={() => open(item.href)}
                      >
                        {item.icon}
                        <span className="min-w-0 truncate">{item.label}</span>
                        {item.note ? (
                          <span className="ms-auto truncate ps-4 text-xs text-muted">
                            {item.note}
                          </span>
                        ) : null}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            <p role="status" className="px-4 pb-3 text-sm text-muted empty:hidden">
              {customers.isError
                ? t("failed")
                : customers.isFetching && groups.length === 0
                  ? t("searching")
                  : groups.length === 0
                    ? t("empty", { query })
                    : ""}
            </p>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function useCommands(query: string): CommandGroup[] {
  const t = useTranslations("shell");
  const { slug, canWrite, canAdminister } = useSession();
  const pages = navigation.map(
    ({ name, path, icon: Icon }): Command => ({
      id: `page-${name}`,
      label: t(name),
      icon: <Icon aria-hidden />,
      href: `/${slug}/${path}`,
    }),
  );
  const settings: Command[] = [
    {
      id: "profile",
      label: t("palette.profile"),
      icon: <UserRound aria-hidden />,
      href: `/${slug}/settings/profile`,
    },
  ];
  if (canAdminister) {
    settings.push({
      id: "security",
      label: t("palette.security"),
      icon: <ShieldCheck aria-hidden />,
      href: `/${slug}/settings/security`,
    });
  }
  const actions: Command[] = canWrite
    ? [
        {
          id: "new-customer",
          label: t("palette.newCustomer"),
          icon: <Plus aria-hidden />,
          href: `/${slug}/customers?new=1`,
        },
        {
          id: "import",
          label: t("palette.importFile"),
          icon: <FileUp aria-hidden />,
          href: `/${slug}/imports/new`,
        },
      ]
    : [];
  const matches = (command: Command): boolean =>
    command.label.toLowerCase().includes(query.toLowerCase());
  return [
    { value: t("palette.actions"), items: actions.filter(matches) },
    { value: t("palette.goTo"), items: [...pages, ...settings].filter(matches) },
  ];
}

function useCustomerSearch(query: string) {
  const { slug } = useSession();
  const result = useQuery({
    queryKey: [slug, "palette", query],
    queryFn: ({ signal }) =>
      djangoApi.get("/api/crm/customers/", { query: { q: query, limit: SEARCH_LIMIT }, signal }),
    enabled: query.length > 0,
  });
  const found = query.length > 0 ? (result.data?.results ?? []) : [];
  return {
    isError: result.isError,
    isFetching: result.isFetching,
    items: found.map(
      (customer): Command => ({
        id: customer.id,
        label: customer.display_name,
        note: [customer.account_number, customer.billing_city].filter(Boolean).join(" · "),
        icon: <Avatar name={customer.display_name} size="xs" shape="square" />,
        href: `/${slug}/customers/${customer.id}`,
      }),
    ),
  };
}
