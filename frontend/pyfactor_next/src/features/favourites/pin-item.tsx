"use client";

import { Pin, PinOff } from "lucide-react";
import { useTranslations } from "use-intl";
import { MenuItem } from "@/ui/menu";
import { useFavourite } from "./use-favourite";

/** In the menu of a saved view: puts it into one's own sidebar, or takes it out. */
export function PinItem({ id }: { id: string }) {
  const t = useTranslations("shell.favourites");
  const { isFavourite, toggle } = useFavourite("view", id);
  return (
    <MenuItem icon={isFavourite ? <PinOff aria-hidden /> : <Pin aria-hidden />} onClick={toggle}>
      {t(isFavourite ? "unpin" : "pin")}
    </MenuItem>
  );
}
