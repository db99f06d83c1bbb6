import { CalendarDays, CircleCheck, type LucideIcon, Mail, Phone, StickyNote } from "lucide-react";
import type { Kind } from "./types";

export const kindIcons: Record<Kind, LucideIcon> = {
  note: StickyNote,
  task: CircleCheck,
  call: Phone,
  email: Mail,
  meeting: CalendarDays,
};
