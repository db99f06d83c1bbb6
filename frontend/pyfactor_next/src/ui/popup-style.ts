/** What every floating list looks like: menus, selects, comboboxes. */
export const popupStyle =
  "max-h-(--available-height) min-w-40 origin-(--transform-origin) overflow-y-auto overscroll-contain rounded-lg bg-raised p-1 text-sm text-ink shadow-popup outline-none transition-[opacity,scale] duration-100 data-starting-style:scale-97 data-starting-style:opacity-0 data-ending-style:opacity-0";

export const itemStyle =
  "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";
