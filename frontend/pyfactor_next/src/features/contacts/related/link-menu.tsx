"use client";

import { Ellipsis, Pencil, Star, StarOff, Unlink } from "lucide-react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from "@/ui/menu";
import type { Links } from "../mutations";
import { type Link, ROLES } from "../types";

interface LinkMenuProps {
  link: Link;
  /** Of the end that the row shows. */
  name: string;
  links: Links;
  /** Opens the contact's form; absent where the row shows the customer. */
  onEdit?: () => void;
}

/** What can be done with one link: its role, whether it is the primary one, and an end to it. */
export function LinkMenu({ link, name, links, onEdit }: LinkMenuProps) {
  const t = useTranslations("contacts");
  return (
    <Menu
      trigger={
        <IconButton label={t("links.actions", { name })} size="icon-sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {onEdit ? (
        <MenuItem icon={<Pencil aria-hidden />} onClick={onEdit}>
          {t("links.edit")}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={link.is_primary ? <StarOff aria-hidden /> : <Star aria-hidden />}
        onClick={() => void links.setPrimary(link, !link.is_primary)}
      >
        {t(link.is_primary ? "links.notPrimary" : "links.makePrimary")}
      </MenuItem>
      <MenuSeparator />
      <MenuGroup label={t("fields.role")}>
        <MenuChoice
          label={t("fields.role")}
          value={link.role}
          onValueChange={(role) => void links.setRole(link, role)}
          options={ROLES.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
        />
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={<Unlink aria-hidden />} danger onClick={() => void links.remove(link, name)}>
        {t("links.unlink")}
      </MenuItem>
    </Menu>
  );
}
