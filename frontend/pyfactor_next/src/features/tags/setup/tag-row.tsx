"use client";

import { Ellipsis, Merge, Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { ColourDot } from "@/ui/colour-dot";
import { COLOURS } from "@/ui/colours";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { NameField } from "@/ui/name-field";
import { Select } from "@/ui/select";
import type { WriteTags } from "../mutations";
import { NAME_MAX, type Tag, type TagUse } from "../types";

interface TagRowProps {
  tag: Tag;
  /** On how many records it is; undefined where it is on none. */
  use: TagUse | undefined;
  isCounted: boolean;
  canChange: boolean;
  canMerge: boolean;
  write: WriteTags;
  onMerge: () => void;
}

/** One tag, changed in place. */
export function TagRow(props: TagRowProps) {
  const { tag, use, isCounted, canChange, canMerge, write, onMerge } = props;
  const t = useTranslations("tags.setup");
  const colours = useTranslations("tags.colours");
  const { id, name, version } = tag;
  const { customers, contacts, deals } = use ?? { customers: 0, contacts: 0, deals: 0 };
  const save = (patch: Partial<Pick<Tag, "name" | "colour">>): Promise<boolean> =>
    write(t("changed", { name: patch.name ?? name }), (api, onChange) =>
      api.patch("/api/crm/tags/{id}/", patch, { path: { id }, version, onChange }),
    );
  return (
    <li className="flex flex-wrap items-center gap-2 px-3.5 py-2 text-sm">
      {canChange ? (
        <Select
          aria-label={t("colourOf", { name })}
          className="w-32"
          value={tag.colour}
          onValueChange={(colour) => void save({ colour })}
          options={COLOURS.map((colour) => ({
            value: colour,
            label: colours(colour),
            icon: <ColourDot colour={colour} />,
          }))}
        />
      ) : (
        <ColourDot colour={tag.colour} />
      )}
      <NameField
        label={t("nameOf", { name })}
        value={name}
        isReadOnly={!canChange}
        maxLength={NAME_MAX}
        className="min-w-32 flex-1"
        onSave={(next) => save({ name: next })}
      />
      <span
        className="tabular ms-auto shrink-0 text-xs text-muted"
        title={use ? t("usesOf", { customers, contacts, deals }) : undefined}
      >
        {isCounted ? t("uses", { count: customers + contacts + deals }) : null}
      </span>
      {canChange ? (
        <Menu
          trigger={
            <IconButton label={t("actions", { name })} size="icon-sm">
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          <MenuItem icon={<Merge aria-hidden />} disabled={!canMerge} onClick={onMerge}>
            {t("merge")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={<Trash2 aria-hidden />}
            danger
            onClick={() =>
              void write(t("deleted", { name }), (api, onChange) =>
                api.delete("/api/crm/tags/{id}/", { path: { id }, version, onChange }),
              )
            }
          >
            {t("delete")}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
