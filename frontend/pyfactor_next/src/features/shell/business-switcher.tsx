"use client";

import { Menu } from "@/ui/menu";
import { BusinessItems } from "./business-items";
import { BusinessButton } from "./menu-buttons";

interface BusinessSwitcherProps {
  isCollapsed: boolean;
  isOpenAtFirst: boolean;
}

export default function BusinessSwitcher({ isCollapsed, isOpenAtFirst }: BusinessSwitcherProps) {
  return (
    <Menu
      align="start"
      className="w-64"
      isOpenAtFirst={isOpenAtFirst}
      trigger={<BusinessButton isCollapsed={isCollapsed} />}
    >
      <BusinessItems />
    </Menu>
  );
}
