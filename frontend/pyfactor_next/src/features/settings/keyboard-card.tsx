"use client";

import { type KeyboardEvent, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { useIsMac } from "@/ui/kbd";
import { chooseKey, chosenKeys, keysOf, noChosenKeys, subscribeKeys } from "@/ui/shortcuts/keys";
import { areShortcutsOff, setShortcutsOff } from "@/ui/shortcuts/registry";
import { Switch } from "@/ui/switch";

/** Single keys by what they do; which page has which of them, its own list says (?). */
const KEYS = [
  { key: "/", does: "search" },
  { key: "?", does: "help" },
  { key: "[", does: "sidebar" },
  { key: "g", does: "go" },
  { key: "c", does: "create" },
  { key: "j", does: "next" },
  { key: "k", does: "previous" },
  { key: "x", does: "select" },
  { key: "o", does: "open" },
  { key: "e", does: "edit" },
  { key: "n", does: "note" },
  { key: "t", does: "task" },
  { key: "a", does: "assign" },
  { key: "l", does: "tag" },
  { key: "f", does: "filter" },
  { key: "v", does: "views" },
] as const;

const never = (): (() => void) => () => undefined;

/** Single keys: off for speech input and the like, or others than the usual ones (WCAG 2.1.4). */
export function KeyboardCard() {
  const t = useTranslations("settings.keyboard");
  const isMac = useIsMac();
  const storedOff = useSyncExternalStore(never, areShortcutsOff, () => false);
  const [isOff, setOff] = useState<boolean>();
  const chosen = useSyncExternalStore(subscribeKeys, chosenKeys, noChosenKeys);
  return (
    <Card title={t("title")} description={t("description")}>
      <Switch
        className="max-w-md border-b pb-4"
        label={t("off")}
        hint={t("offHint", { modifier: isMac ? "⌘" : "Ctrl" })}
        checked={isOff ?? storedOff}
        onCheckedChange={(checked) => {
          setShortcutsOff(checked);
          setOff(checked);
        }}
      />
      <ul className="mt-3 grid max-w-2xl gap-x-8 sm:grid-cols-2">
        {KEYS.map(({ key, does }) => (
          <KeyRow
            key={key}
            standard={key}
            label={t(`keys.${does}`)}
            pressed={keysOf(key, chosen)}
          />
        ))}
      </ul>
    </Card>
  );
}

interface KeyRowProps {
  standard: string;
  label: string;
  /** What does it now. */
  pressed: string;
}

/** A field that takes the next key as the new one. Tab, Escape and keys with a modifier stay the browser's. */
function KeyRow({ standard, label, pressed }: KeyRowProps) {
  const t = useTranslations("settings.keyboard");
  const [problem, setProblem] = useState<string>();
  const take = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const key = event.key.toLowerCase();
    const other = KEYS.find((each) => each.key !== standard && keysOf(each.key) === key);
    setProblem(
      other ? t("taken", { key: key.toUpperCase(), does: t(`keys.${other.does}`) }) : undefined,
    );
    if (!other && key !== " ") chooseKey(standard, key);
  };
  const id = `key-${KEYS.findIndex(({ key }) => key === standard)}`;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-2 py-1 text-sm">
      <label htmlFor={id} className="min-w-0 flex-1">
        {label}
      </label>
      {pressed === standard ? null : (
        <Button size="sm" variant="ghost" onClick={() => chooseKey(standard, null)}>
          {t("reset")}
        </Button>
      )}
      <input
        id={id}
        readOnly
        value={pressed.toUpperCase()}
        onKeyDown={take}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        className="h-8 w-12 rounded-md bg-raised text-center font-medium ring-1 ring-field ring-inset outline-none focus-visible:outline-2 focus-visible:outline-accent"
      />
      {problem ? (
        <p id={`${id}-problem`} role="alert" className="w-full text-xs text-danger-ink">
          {problem}
        </p>
      ) : null}
    </li>
  );
}
