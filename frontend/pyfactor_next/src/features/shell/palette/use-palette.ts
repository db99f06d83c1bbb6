"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useState } from "react";
import { type Command, type CommandGroup, firstChoice } from "./command";
import { readTyped } from "./typed";
import { useCommands } from "./use-commands";
import { useFound, useRecent } from "./use-found";

const NO_GROUPS: CommandGroup[] = [];

/** An Enter that came before the records it was for. */
interface Waiting {
  value: string;
  isNewTab: boolean;
}

/**
 * The palette's state. Enter never opens what an earlier text found: commands follow each key at once,
 * and where only records match, Enter waits for those of the text it was pressed on.
 */
export function usePalette(onClose: () => void, onHelp: () => void) {
  const router = useRouter();
  const [value, setValue] = useState("");
  const [chosenId, setChosenId] = useState<string>();
  const [waiting, setWaiting] = useState<Waiting>();
  const typed = readTyped(value);
  const found = useFound(typed);
  const recent = useRecent();
  const commands = useCommands(typed, onHelp);
  const records = typed.mode === "all" && typed.text === "" ? [recent] : found.groups;
  const groups = [
    ...records,
    ...(found.groups.length + commands.length > 0 ? commands : NO_GROUPS),
  ].filter(({ items }) => items.length > 0);
  const isRecord = (group: CommandGroup): boolean => group.id.startsWith("found-");
  const isOpenable = (group: CommandGroup): boolean => !isRecord(group) || found.isFresh;
  const openable = groups.filter(isOpenable);
  const items = openable.flatMap((group) => group.items);
  const first = typed.text === "" ? items[0] : firstChoice(openable, isRecord);
  const active = items.find(({ id }) => id === chosenId) ?? first;

  const type = (text: string): void => {
    setValue(text);
    setChosenId(undefined);
    setWaiting(undefined);
  };
  const open = (command: Command, isNewTab: boolean): void => {
    if (command.text !== undefined) {
      type(command.text);
      return;
    }
    if (command.href && isNewTab) {
      window.open(command.href, "_blank", "noopener");
      return;
    }
    onClose();
    if (command.href) router.push(command.href);
    // The dialog gives the focus back first, and what runs may open another one.
    else setTimeout(() => command.run?.());
  };
  const enter = (isNewTab: boolean): void => {
    if (active) open(active, isNewTab);
    else if (!found.isFresh) setWaiting({ value, isNewTab });
  };
  const openAwaited = useEffectEvent((isNewTab: boolean) => {
    setWaiting(undefined);
    if (active) open(active, isNewTab);
  });
  const isAwaited = waiting?.value === value && found.isFresh;
  useEffect(() => {
    if (!isAwaited) return undefined;
    const timer = setTimeout(() => openAwaited(waiting?.isNewTab ?? false));
    return () => clearTimeout(timer);
  }, [isAwaited, waiting]);

  const step = (delta: number): void => {
    const at = active ? items.indexOf(active) : -1;
    const next = items[(at + delta + items.length) % items.length];
    if (next) setChosenId(next.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter") enter(event.metaKey || event.ctrlKey);
    else return;
    event.preventDefault();
  };
  return {
    value,
    type,
    groups,
    active,
    isOpenable,
    choose: (command: Command) => setChosenId(command.id),
    onKeyDown,
    onClick: (command: Command, event: MouseEvent) => open(command, event.metaKey || event.ctrlKey),
    typed,
    isSearching: !found.isFresh,
    isError: found.isError,
  };
}
