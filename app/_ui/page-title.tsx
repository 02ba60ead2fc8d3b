// Title of a dashboard page. A very long title has a smaller font size.
const LONG = 60;

export function PageTitle({ children }: { children: string }) {
  const size = children.length > LONG ? "text-lg" : "text-2xl";
  return (
    <h1 dir="auto" className={`min-w-0 text-left font-medium break-words ${size}`}>
      {children}
    </h1>
  );
}
