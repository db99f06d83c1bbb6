"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy } from "react";
import { cn } from "./cn";
import type { ComboboxProps } from "./combobox";
import { Input } from "./input";
import { Later } from "./later";

const Combobox = lazy(() => import("./combobox").then((m) => ({ default: m.Combobox })));

/** A Combobox whose code follows the first paint, for pages that are mostly looked at. */
export function LaterCombobox(props: ComboboxProps) {
  return (
    <Later face={(press) => <Face {...props} onPress={press.onClick} />}>
      {(wasPressed) => <Combobox {...props} defaultOpen={wasPressed} />}
    </Later>
  );
}

/** Looks like the combobox until that is there; what is typed into it meanwhile is not taken. */
function Face(props: ComboboxProps & { onPress: () => void }) {
  const { options, value, placeholder, disabled, className, onPress } = props;
  return (
    <div className={cn("relative", className)}>
      <Input
        placeholder={placeholder}
        disabled={disabled}
        value={options.find((option) => option.value === value)?.label ?? ""}
        onChange={() => undefined}
        onFocus={onPress}
        className="pe-8"
      />
      <ChevronsUpDown
        aria-hidden
        className="absolute top-1/2 inset-e-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
    </div>
  );
}
