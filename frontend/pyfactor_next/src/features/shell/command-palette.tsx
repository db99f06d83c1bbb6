"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { cn } from "@/ui/cn";
import { Kbd } from "@/ui/kbd";
import { itemStyle } from "@/ui/popup-style";
import type { Command, CommandGroup } from "./palette/command";
import { usePalette } from "./palette/use-palette";

interface CommandPaletteProps {
  onClose: () => void;
  onHelp: () => void;
}

/** Finds records, actions and pages by typing. Mounted while it is open. */
export function CommandPalette({ onClose, onHelp }: CommandPaletteProps) {
  const t = useTranslations("shell.palette");
  const palette = usePalette(onClose, onHelp);
  const { groups, active, typed } = palette;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label={t("title")}
          className="fixed inset-x-3 top-3 z-50 mx-auto flex max-h-[70dvh] max-w-xl flex-col overflow-hidden rounded-xl bg-raised text-ink shadow-dialog outline-none sm:top-[12dvh]"
        >
          <div className="flex items-center gap-2.5 border-b px-4">
            <Search aria-hidden className="size-4 shrink-0 text-faint" />
            <input
              role="combobox"
              aria-label={t("title")}
              aria-expanded
              aria-controls="palette-list"
              aria-activedescendant={active && optionId(active)}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              enterKeyHint="go"
              maxLength={200}
              placeholder={t("placeholder")}
              // biome-ignore lint/a11y/noAutofocus: opening it is asking to type
              autoFocus
              value={palette.value}
              onChange={(event) => palette.type(event.target.value)}
              onKeyDown={palette.onKeyDown}
              className="h-12 w-full bg-transparent text-base outline-none placeholder:text-faint"
            />
          </div>
          <div
            id="palette-list"
            role="listbox"
            aria-label={t("title")}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5 empty:hidden"
          >
            {groups.map((group) => (
              <Group
                key={group.id}
                group={group}
                active={active}
                isStale={!palette.isOpenable(group)}
                onChoose={palette.choose}
                onClick={palette.onClick}
              />
            ))}
          </div>
          <p role="status" className="px-4 py-3 text-sm text-muted empty:hidden">
            {status(palette.isError, palette.isSearching)}
          </p>
          <Hints />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );

  function status(isError: boolean, isSearching: boolean): string {
    if (isError) return t("failed");
    if (groups.length > 0) return "";
    if (isSearching) return t("searching");
    if (typed.text !== "") return t("empty", { query: typed.text });
    return typed.mode === "people" || typed.mode === "numbers" ? t(`${typed.mode}First`) : "";
  }
}

interface GroupProps {
  group: CommandGroup;
  active: Command | undefined;
  /** Found for an earlier text: shown until the new ones are there, and not to be opened. */
  isStale: boolean;
  onChoose: (command: Command) => void;
  onClick: (command: Command, event: React.MouseEvent) => void;
}

function Group({ group, active, isStale, onChoose, onClick }: GroupProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options and not of fields
    <div role="group" aria-labelledby={`palette-${group.id}`} className="pb-1.5">
      <div id={`palette-${group.id}`} className="px-2 pt-2 pb-1 text-xs font-medium text-muted">
        {group.label}
      </div>
      {group.items.map((command) => (
        <Option
          key={command.id}
          command={command}
          isActive={command === active}
          isStale={isStale}
          onChoose={onChoose}
          onClick={onClick}
        />
      ))}
    </div>
  );
}

function Option({
  command,
  isActive,
  isStale,
  onChoose,
  onClick,
}: Omit<GroupProps, "group" | "active"> & { command: Command; isActive: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
    <div
      ref={element}
      id={optionId(command)}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      aria-disabled={isStale || undefined}
      data-highlighted={isActive ? "" : undefined}
      className={cn(itemStyle, "min-h-9 sm:min-h-8", isStale && "opacity-60")}
      // Only a pointer that moves: a list that grows under a still one chooses nothing.
      onPointerMove={() => !(isStale || isActive) && onChoose(command)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => !isStale && onClick(command, event)}
    >
      {command.icon}
      <span className="min-w-0 truncate">{command.label}</span>
      <span className="ms-auto flex min-w-0 items-center gap-3 ps-4">
        {command.note ? <span className="truncate text-xs text-muted">{command.note}</span> : null}
        {command.keys ? <Kbd keys={command.keys} /> : null}
      </span>
    </div>
  );
}

/** What the letters and keys do; a phone has no room and no such keys. */
function Hints() {
  const t = useTranslations("shell.palette");
  return (
    <p className="hidden flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-xs text-muted sm:flex">
      {(["actions", "people", "numbers", "help"] as const).map((mode) => (
        <span key={mode} className="inline-flex items-center gap-1.5">
          <Kbd keys={{ actions: ">", people: "@", numbers: "#", help: "?" }[mode]} />
          {t(`hints.${mode}`)}
        </span>
      ))}
      <span className="ms-auto inline-flex items-center gap-1.5">
        <Kbd keys="mod+enter" />
        {t("hints.newTab")}
      </span>
    </p>
  );
}

function optionId({ id }: Command): string {
  return `palette-option-${id}`;
}
