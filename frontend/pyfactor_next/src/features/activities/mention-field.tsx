"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ComponentProps, type KeyboardEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { membersQuery, useSession } from "@/features/session";
import { bestFirst, fold } from "@/ui/best-first";
import { Textarea } from "@/ui/input";
import { begun, labelFor, type Mentions } from "./mentions";

const MentionList = dynamic(() => import("./mention-list"), { ssr: false });
const SHOWN = 8;

interface MentionFieldProps extends Omit<ComponentProps<"textarea">, "value" | "onChange"> {
  value: string;
  mentions: Mentions;
  onChange: (value: string, mentions: Mentions) => void;
}

/** A text in which an @ offers the members of the business. */
export function MentionField({ value, mentions, onChange, ...rest }: MentionFieldProps) {
  const { slug } = useSession();
  const box = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  /** The @ whose list was closed with Escape. */
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const { data: members = [] } = useQuery(membersQuery(slug));
  const found = caret === null ? null : begun(value, caret, mentions);
  const query = found?.query.trim() ?? "";
  const options = found
    ? bestFirst(
        members
          .filter(({ status, display_name }) => {
            return status === "active" && fold(display_name).includes(fold(query));
          })
          .map(({ id, display_name }) => ({ value: id, label: display_name })),
        query,
      ).slice(0, SHOWN)
    : [];
  const isOpen = found !== null && found.at !== closedAt && options.length > 0;
  const current = Math.min(active, options.length - 1);

  const choose = (id: string): void => {
    const option = options.find((one) => one.value === id);
    if (!found || !option) return;
    const label = labelFor(option.label, id, mentions);
    const after = value.slice(found.at + 1 + found.query.length);
    const gap = /^\s/.test(after) ? "" : " ";
    const end = found.at + label.length + 1;
    // Drawn at once: the next key may come before the next frame.
    flushSync(() => {
      onChange(value.slice(0, found.at) + label + gap + after, { ...mentions, [label]: id });
      setCaret(null);
    });
    box.current?.focus();
    box.current?.setSelectionRange(end, end);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen || event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === "ArrowDown") setActive((current + 1) % options.length);
    else if (key === "ArrowUp") setActive((current + options.length - 1) % options.length);
    else if (key === "Escape") setClosedAt(found.at);
    else if ((key === "Enter" && !event.ctrlKey && !event.metaKey) || key === "Tab") {
      const option = options[current];
      if (option) choose(option.value);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const look = (text: HTMLTextAreaElement): void => {
    setCaret(text.selectionStart === text.selectionEnd ? text.selectionStart : null);
  };

  return (
    <>
      <Textarea
        ref={box}
        value={value}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${current}` : undefined}
        onChange={(event) => {
          onChange(event.target.value, mentions);
          look(event.target);
          setActive(0);
          if (!begun(event.target.value, event.target.selectionStart, mentions)) setClosedAt(null);
        }}
        onSelect={(event) => look(event.currentTarget)}
        onBlur={() => setCaret(null)}
        onKeyDown={onKeyDown}
        {...rest}
      />
      {isOpen ? (
        <MentionList
          id={listId}
          anchor={box}
          at={found.at}
          options={options}
          active={current}
          onActive={setActive}
          onChoose={choose}
        />
      ) : null}
    </>
  );
}
