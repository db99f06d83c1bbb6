import { Building2, CircleCheck, FileUp, type LucideIcon, Settings } from "lucide-react";

export interface NavItem {
  /** Message key under "shell". */
  name: "customers" | "tasks" | "imports" | "settings";
  /** Below the business's address. */
  path: string;
  icon: LucideIcon;
  /** Second key after g. */
  key: string;
}

/** The pages of a business, in the order of the sidebar. */
export const navigation: readonly NavItem[] = [
  { name: "customers", path: "customers", icon: Building2, key: "c" },
  { name: "tasks", path: "tasks", icon: CircleCheck, key: "t" },
  { name: "imports", path: "imports", icon: FileUp, key: "i" },
  { name: "settings", path: "settings", icon: Settings, key: "s" },
];
