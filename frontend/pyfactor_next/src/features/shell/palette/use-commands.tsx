"use client";

import {
  AtSign,
  ChevronRight,
  CopyCheck,
  FileUp,
  Hash,
  Keyboard,
  Plus,
  ShieldCheck,
  UserRound,
  Zap,
} from "lucide-react";
import { useTranslations } from "use-intl";
import { useSession } from "@/features/session";
import { useShortcutList } from "@/ui/shortcuts/shortcuts";
import { navigation } from "../navigation";
import type { Command, CommandGroup } from "./command";
import { isMeant, type Typed } from "./typed";

/** Keys that move about rather than do something: they say nothing in a list of actions. */
const MOVES = new Set(["j", "k", "x", "o", "escape", "enter", "arrowup", "arrowdown"]);

/** What can be made anywhere, where its page exists. */
const CREATIONS = [
  { name: "newCustomer", page: "customers" },
  { name: "newContact", page: "contacts" },
  { name: "newDeal", page: "deals" },
  { name: "newTask", page: "tasks" },
] as const;

/** Reports of records that are there twice. */
const DUPLICATES = [
  { name: "customerDuplicates", page: "customers" },
  { name: "contactDuplicates", page: "contacts" },
] as const;

/** What can be done and where one can go, as far as `typed` means it. */
export function useCommands(typed: Typed, onHelp: () => void): CommandGroup[] {
  const t = useTranslations("shell.palette");
  const here = usePageActions();
  const anywhere = useActions(onHelp);
  const pages = usePages();
  const help = useHelp(onHelp);
  if (typed.mode === "people" || typed.mode === "numbers") return [];
  const isShown = ({ label }: Command): boolean => typed.text === "" || isMeant(label, typed.text);
  const group = (id: string, label: string, items: Command[]): CommandGroup => ({
    id,
    label,
    items: items.filter(isShown),
  });
  if (typed.mode === "help") return shown([group("help", t("help"), help)]);
  const labels = new Set(here.map(({ label }) => label));
  const others = anywhere.filter(({ label }) => !labels.has(label));
  // Pages stand in the navigation; the empty palette is for what is not in sight.
  const goTo = typed.mode === "all" && typed.text === "" ? [] : pages;
  return shown([
    group("here", t("here"), here),
    group("actions", t("actions"), others),
    group("go", t("goTo"), goTo),
  ]);
}

function shown(groups: CommandGroup[]): CommandGroup[] {
  return groups.filter(({ items }) => items.length > 0);
}

/** What the page on screen gave keys to. */
function usePageActions(): Command[] {
  const t = useTranslations("shell.shortcuts");
  const everywhere = new Set([t("general"), t("go")]);
  return useShortcutList()
    .filter(({ keys, group }) => !everywhere.has(group) && !MOVES.has(keys))
    .flatMap(({ keys, label, run }) =>
      run === null
        ? []
        : {
            id: `here-${keys}`,
            label,
            icon: <Zap aria-hidden />,
            keys,
            run: () => run(new KeyboardEvent("keydown")),
          },
    );
}

function useActions(onHelp: () => void): Command[] {
  const t = useTranslations("shell");
  const { slug, canWrite } = useSession();
  const pages = new Set<string>(navigation.map(({ name }) => name));
  const creations = CREATIONS.filter(({ page }) => pages.has(page)).map(
    ({ name, page }): Command => ({
      id: name,
      label: t(`palette.${name}`),
      icon: <Plus aria-hidden />,
      href: `/${slug}/${page}?new=1`,
    }),
  );
  const importFile: Command = {
    id: "import",
    label: t("palette.importFile"),
    icon: <FileUp aria-hidden />,
    href: `/${slug}/imports/new`,
  };
  const shortcuts: Command = {
    id: "shortcuts",
    label: t("shortcuts.title"),
    icon: <Keyboard aria-hidden />,
    keys: "?",
    run: onHelp,
  };
  return [...(canWrite ? [...creations, importFile] : []), shortcuts];
}

function usePages(): Command[] {
  const t = useTranslations("shell");
  const { slug, canAdminister } = useSession();
  const pages = navigation.map(
    ({ name, path, icon: Icon, key }): Command => ({
      id: `page-${name}`,
      label: t(name),
      icon: <Icon aria-hidden />,
      keys: `g ${key}`,
      href: `/${slug}/${path}`,
    }),
  );
  const duplicates = DUPLICATES.map(
    ({ name, page }): Command => ({
      id: name,
      label: t(`palette.${name}`),
      icon: <CopyCheck aria-hidden />,
      href: `/${slug}/${page}/duplicates`,
    }),
  );
  const profile: Command = {
    id: "profile",
    label: t("palette.profile"),
    icon: <UserRound aria-hidden />,
    href: `/${slug}/settings/profile`,
  };
  const security: Command = {
    id: "security",
    label: t("palette.security"),
    icon: <ShieldCheck aria-hidden />,
    href: `/${slug}/settings/security`,
  };
  return [...pages, ...duplicates, profile, ...(canAdminister ? [security] : [])];
}

/** What the letters are for that narrow the palette. */
function useHelp(onHelp: () => void): Command[] {
  const t = useTranslations("shell");
  return [
    {
      id: "only-actions",
      label: t("palette.onlyActions"),
      icon: <ChevronRight aria-hidden />,
      text: ">",
    },
    { id: "only-people", label: t("palette.onlyPeople"), icon: <AtSign aria-hidden />, text: "@" },
    { id: "only-numbers", label: t("palette.onlyNumbers"), icon: <Hash aria-hidden />, text: "#" },
    {
      id: "shortcuts",
      label: t("shortcuts.title"),
      icon: <Keyboard aria-hidden />,
      keys: "?",
      run: onHelp,
    },
  ];
}
