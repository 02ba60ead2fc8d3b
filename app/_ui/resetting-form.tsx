"use client";

// Form that returns to its initial state after success.
import { useState } from "react";
import { Form, type FormProps } from "./form";

export function ResettingForm<Result>(props: Omit<FormProps<Result>, "onSuccess">) {
  const [version, setVersion] = useState(0);
  return <Form key={version} {...props} onSuccess={() => setVersion(version + 1)} />;
}
