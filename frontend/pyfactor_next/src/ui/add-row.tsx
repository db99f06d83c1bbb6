"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "./button";
import { Input } from "./input";

interface AddRowProps {
  /** The field's name and placeholder. */
  label: string;
  button: string;
  maxLength?: number;
  onAdd: (name: string) => Promise<boolean>;
}

export function AddRow({ label, button, maxLength = 80, onAdd }: AddRowProps) {
  const [name, setName] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === "" || isBusy) return;
    setBusy(true);
    if (await onAdd(name.trim())) setName("");
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex gap-2">
      <Input
        aria-label={label}
        placeholder={label}
        maxLength={maxLength}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="max-w-xs"
      />
      <Button type="submit" busy={isBusy}>
        <Plus aria-hidden />
        {button}
      </Button>
    </form>
  );
}
