"use client";

// A form that is there for the next one, as it was at first, once it has worked.
import { useState } from "react";
import { Form, type FormProps } from "./form";

export function ResettingForm<Result>(props: Omit<FormProps<Result>, "onSuccess">) {
  const [round, setRound] = useState(0);
  return <Form key={round} {...props} onSuccess={() => setRound(round + 1)} />;
}
