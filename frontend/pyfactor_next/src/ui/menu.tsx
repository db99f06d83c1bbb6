"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";
import { itemStyle, popupStyle } from "./popup-style";

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  side?: "top" | "bottom" | "inline-start" | "inline-end";
  align?: "start" | "center" | "end";
  className?: string;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

export function Menu(props: MenuProps) {
  const { trigger, side = "bottom", align = "end", className, children } = props;
  return (
    <Base.Root defaultOpen={props.isOpenAtFirst ?? false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-60">
          <Base.Popup className={cn(popupStyle, className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuItemProps {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Given: the item is a link. */
  render?: ReactElement;
  onClick?: () => void;
  children: ReactNode;
}

export function MenuItem({
  icon,
  keys,
  danger,
  disabled,
  render,
  onClick,
  children,
}: MenuItemProps) {
  return (
    <Base.Item
      className={cn(itemStyle, danger && "text-danger-ink [&_svg]:text-danger-ink")}
      {...(render ? { render } : {})}
      {...(disabled ? { disabled } : {})}
      {...(onClick ? { onClick } : {})}
    >
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {keys ? <Kbd keys={keys} /> : null}
    </Base.Item>
  );
}

interface MenuChoiceProps<V extends string> {
  value: V;
  onValueChange: (value: V) => void;
  options: readonly { value: V; label: string; icon?: ReactNode }[];
  label: string;
}

/** One of several, inside a menu. */
export function MenuChoice<V extends string>({
  value,
  onValueChange,
  options,
  label,
}: MenuChoiceProps<V>) {
  return (
    <Base.RadioGroup value={value} onValueChange={onValueChange} aria-label={label}>
      {options.map((option) => (
        <Base.RadioItem key={option.value} value={option.value} className={itemStyle}>
          {option.icon}
          <span className="flex-1">{option.label}</span>
          <Base.RadioItemIndicator>
            <Check aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 pt-1.5 pb-1 text-xs font-medium text-muted">
        {label}
      </Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
