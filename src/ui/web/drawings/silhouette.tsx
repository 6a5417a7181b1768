/** Stands where the photo will be. */
export function Silhouette() {
  return (
    <svg class="silhouette" viewBox="0 0 120 150" aria-hidden="true">
      <circle cx="60" cy="56" r="27" />
      <path d="M12 148 Q14 96 60 96 T108 148" />
    </svg>
  );
}
