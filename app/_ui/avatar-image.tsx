"use client";

// A logo from a stranger's server; when it does not come, what stands in its place.
import { type ReactNode, useEffect, useRef, useState } from "react";

export function AvatarImage({ src, className, children }: { src: string; className: string; children: ReactNode }) {
  const image = useRef<HTMLImageElement>(null);
  const [broken, setBroken] = useState(false);
  // It may have failed before anybody listened.
  useEffect(() => {
    if (image.current?.complete && image.current.naturalWidth === 0) setBroken(true);
  }, []);
  if (broken) return children;
  return (
    <span className={className}>
      {/* biome-ignore lint/performance/noImgElement: from a stranger's server, which must not be fetched from here */}
      <img
        ref={image}
        src={src}
        alt=""
        referrerPolicy="no-referrer"
        onError={() => setBroken(true)}
        // One of a fixed size that does not come is drawn as a torn picture until a script takes it away.
        className="max-h-full max-w-full"
      />
    </span>
  );
}
