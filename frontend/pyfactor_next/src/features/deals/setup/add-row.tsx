"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "@/ui/button";
import { Input } from "@/ui/input";

interface AddRowProps {
  /** The field's name and placeholder. */
  label: string;
  button: string;
  onAdd: (name: string) => Promise<boolean>;
}

export function AddRow({ label, button, onAdd }: AddRowProps) {
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
        maxLength={80}
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
