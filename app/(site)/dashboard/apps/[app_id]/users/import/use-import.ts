"use client";

// State of the import page: reads a file, then checks and imports it batch by batch.
import { useEffect, useRef, useState } from "react";
import { guarded } from "@/app/_ui/guarded-action";
import { decodeFile, type FileRow, formatOf, readRows, requireFileSize, UnreadableFile } from "@/lib/users/import/file";
import { importUsersAction } from "./actions";
import { type ImportRun, isComplete, newRun, runNextBatch } from "./import-run";

interface ReadFile {
  name: string;
  rows: FileRow[];
}

async function readFile(file: File): Promise<ReadFile> {
  requireFileSize(file.size);
  const text = decodeFile(await file.arrayBuffer());
  return { name: file.name, rows: readRows(text, formatOf(file.name, text)) };
}

/** Asks for confirmation before the user closes a page with a running import. */
function useLeaveConfirmation(isImporting: boolean): void {
  useEffect(() => {
    if (!isImporting) return;
    const confirmLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", confirmLeave);
    return () => window.removeEventListener("beforeunload", confirmLeave);
  }, [isImporting]);
}

export function useImport(appId: string) {
  const [file, setFile] = useState<ReadFile | null>(null);
  const [fileError, setFileError] = useState<string | null>(null);
  const [run, setRun] = useState<ImportRun | null>(null);
  const [isRunning, setRunning] = useState(false);
  const isStopped = useRef(false);
  const stop = () => {
    isStopped.current = true;
  };
  useLeaveConfirmation(isRunning && run?.dryRun === false);
  // Navigation within the dashboard stops the import.
  useEffect(
    () => () => {
      isStopped.current = true;
    },
    [],
  );

  async function chooseFile(chosen: File | undefined) {
    setRun(null);
    setFileError(null);
    setFile(null);
    if (!chosen) return;
    try {
      setFile(await readFile(chosen));
    } catch (error) {
      setFileError(error instanceof UnreadableFile ? error.message : "The file couldn’t be read.");
    }
  }

  async function continueRun(from: ImportRun) {
    isStopped.current = false;
    setRunning(true);
    let current: ImportRun = { ...from, problem: null };
    setRun(current);
    const send = guarded(importUsersAction, () => {});
    while (!isComplete(current) && !current.problem && !isStopped.current) {
      current = await runNextBatch(current, appId, send);
      setRun(current);
    }
    setRunning(false);
  }

  const start = (rows: FileRow[], dryRun: boolean) => continueRun(newRun(rows, dryRun));
  return { file, fileError, run, isRunning, chooseFile, start, stop, continueRun };
}
