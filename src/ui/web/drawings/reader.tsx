/** The two readers as they stand on the desk, with a card on its way down. */

export function NewReader({ card }: { card: 'coming' | 'lying' | 'none' }) {
  return (
    <svg class="reader" viewBox="0 0 320 240" aria-hidden="true">
      <path class="reader-shade" d="M34 202 Q160 236 286 202 L286 210 Q160 244 34 210 Z" />
      <path
        class="reader-body"
        d="M58 118 H262 Q276 118 279 131 L292 188 Q295 204 278 204 H42 Q25 204 28 188 L41 131 Q44 118 58 118 Z"
      />
      <path class="reader-line" d="M26 190 V198 Q26 214 42 214 H278 Q294 214 294 198 V190" />
      <g class="reader-waves">
        <path d="M146 176 q14 -12 28 0" />
        <path d="M136 166 q24 -21 48 0" />
        <path d="M126 156 q34 -30 68 0" />
      </g>
      <circle class="reader-lamp" cx="262" cy="190" r="4" />
      {card !== 'none' && (
        <g class={`reader-card ${card}`}>
          <Card />
        </g>
      )}
    </svg>
  );
}

/** The sealed box: display, card field and its own finger scanner. */
export function OldReader({ card }: { card: 'coming' | 'lying' | 'none' }) {
  return (
    <svg class="reader" viewBox="0 0 320 240" aria-hidden="true">
      <path class="reader-shade" d="M44 214 Q160 236 276 214 L276 220 Q160 244 44 220 Z" />
      <rect class="reader-body" x="48" y="66" width="224" height="148" rx="14" />
      <rect class="reader-screen" x="66" y="82" width="132" height="34" rx="5" />
      <path class="reader-line" d="M78 94 h70 M78 105 h44" />
      <rect class="reader-slot" x="66" y="130" width="132" height="68" rx="8" />
      <rect class="reader-slot" x="214" y="82" width="42" height="56" rx="8" />
      <g class="reader-line">
        <path d="M225 122 v-12 a10 10 0 0 1 20 0 v12" />
        <path d="M231 124 v-13 a4 4 0 0 1 8 0 v13" />
      </g>
      <circle class="reader-lamp" cx="235" cy="160" r="4" />
      <circle class="reader-dot" cx="235" cy="176" r="4" />
      {card !== 'none' && (
        <g transform="translate(17 78) scale(0.72)">
          <g class={`reader-card small ${card}`}>
            <Card />
          </g>
        </g>
      )}
    </svg>
  );
}

/** A KTP-el: lines of text at the left, the photo at the right. */
function Card() {
  return (
    <>
      <rect class="card-body" x="92" y="30" width="136" height="86" rx="9" />
      <path class="card-title" d="M122 44 h76" />
      <path class="card-text" d="M106 62 h58 M106 74 h50 M106 86 h56 M106 98 h36" />
      <rect class="card-photo" x="180" y="56" width="34" height="44" rx="3" />
      <circle class="card-face" cx="197" cy="72" r="7" />
      <path class="card-face" d="M184 99 q2 -17 13 -17 t13 17 z" />
    </>
  );
}
