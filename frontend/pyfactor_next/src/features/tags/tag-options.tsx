"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiErrorState, useSession } from "@/features/session";
import { bestFirst, fold } from "@/ui/best-first";
import { Checkbox } from "@/ui/checkbox";
import { ColourDot } from "@/ui/colour-dot";
import { Input } from "@/ui/input";
import { Skeleton } from "@/ui/skeleton";
import { useCreateTag } from "./mutations";
import { tagsQuery } from "./queries";
import { NAME_MAX } from "./types";

interface TagOptionsProps {
  selected: readonly string[];
  onChange: (selected: string[]) => void;
  /** Whether a name that no tag has can become one. */
  canCreate: boolean;
}

/** Tags to choose several of, found by typing. Enter takes the first one; where none is like it, it makes one. */
export function TagOptions({ selected, onChange, canCreate }: TagOptionsProps) {
  const t = useTranslations("tags");
  const { slug } = useSession();
  const { data, error, refetch } = useQuery(tagsQuery(slug));
  const createTag = useCreateTag();
  const [text, setText] = useState("");
  if (error && !data) return <ApiErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton aria-busy className="h-24" />;
  const name = text.trim();
  const options = data.map((tag) => ({ ...tag, value: tag.id, label: tag.name }));
  const shown = bestFirst(options, name).filter((tag) => fold(tag.name).includes(fold(name)));
  const isKnown = data.some((tag) => fold(tag.name) === fold(name));
  const isNew = canCreate && name !== "" && !isKnown;
  const toggle = (id: string): void =>
    onChange(selected.includes(id) ? selected.filter((each) => each !== id) : [...selected, id]);
  const create = async (): Promise<void> => {
    const made = await createTag(name);
    if (!made) return;
    setText("");
    onChange([...selected, made.id]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || name === "") return;
    event.preventDefault();
    const [first] = shown;
    if (first) toggle(first.id);
    else if (isNew) void create();
  };
  const label = t(canCreate ? "find" : "findOnly");
  return (
    <div className="flex flex-col gap-2">
      <Input
        autoFocus
        aria-label={label}
        placeholder={label}
        maxLength={NAME_MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul aria-label={t("label")} className="-mx-1.5 max-h-64 overflow-y-auto">
        {shown.map((tag) => (
          <li key={tag.id}>
            <Checkbox
              className="rounded-md px-1.5 py-1.5 hover:bg-hover"
              label={
                <span className="flex min-w-0 items-center gap-2">
                  <ColourDot colour={tag.colour} />
                  <span dir="auto" className="truncate">
                    {tag.name}
                  </span>
                </span>
              }
              checked={selected.includes(tag.id)}
              onCheckedChange={() => toggle(tag.id)}
            />
          </li>
        ))}
        {isNew ? (
          <li>
            <button
              type="button"
              onClick={() => void create()}
              className="flex min-h-8 w-full items-center gap-2 rounded-md px-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:text-muted"
            >
              <Plus aria-hidden />
              <span className="min-w-0 truncate">{t("create", { name })}</span>
            </button>
          </li>
        ) : null}
        {shown.length === 0 && !isNew ? (
          <li className="px-1.5 py-2 text-muted">{t(data.length > 0 ? "nothingFound" : "none")}</li>
        ) : null}
      </ul>
    </div>
  );
}
