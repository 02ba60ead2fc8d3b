"use client";

// Input that enables its children once the user has typed a given word.
import { type ReactNode, useId, useState } from "react";
import { controlClass } from "./field";

type ConfirmWordProps = {
  /** Without a word, the children are enabled immediately. */
  word?: string;
  children: (ready: boolean) => ReactNode;
};

export function ConfirmWord({ word, children }: ConfirmWordProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  if (word === undefined) return children(true);

  return (
    <>
      <div>
        <label htmlFor={id} className="block text-sm">
          To confirm, type{" "}
          <strong dir="auto" className="font-mono text-[0.8125rem] font-medium break-all select-all">
            {word}
          </strong>
        </label>
        <input
          id={id}
          name="confirmation"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          className={`${controlClass} mt-1.5 h-10 px-3`}
        />
      </div>
      {children(typed.trim() === word.trim())}
    </>
  );
}
