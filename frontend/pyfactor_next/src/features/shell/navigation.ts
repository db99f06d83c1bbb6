import {
  Building2,
  CircleCheck,
  CircleDollarSign,
  ContactRound,
  FileUp,
  House,
  type LucideIcon,
  Settings,
} from "lucide-react";

export interface NavItem {
  /** Message key under "shell". */
  name: "home" | "customers" | "contacts" | "deals" | "tasks" | "imports" | "settings";
  /** Below the business's address. */
  path: string;
  icon: LucideIcon;
  /** Second key after g. */
  key: string;
}

/** The pages of a business, in the order of the sidebar. */
export const navigation: readonly NavItem[] = [
  { name: "home", path: "home", icon: House, key: "h" },
  { name: "customers", path: "customers", icon: Building2, key: "c" },
  { name: "contacts", path: "contacts", icon: ContactRound, key: "p" },
  { name: "deals", path: "deals", icon: CircleDollarSign, key: "d" },
  { name: "tasks", path: "tasks", icon: CircleCheck, key: "t" },
  { name: "imports", path: "imports", icon: FileUp, key: "i" },
  { name: "settings", path: "settings", icon: Settings, key: "s" },
];

/** On a phone these have a place in the bar; the rest is behind More. */
const ON_PHONE: readonly string[] = ["customers", "deals", "tasks"];

export const phoneBar = navigation.filter(({ name }) => ON_PHONE.includes(name));
export const phoneMore = navigation.filter(({ name }) => !ON_PHONE.includes(name));
