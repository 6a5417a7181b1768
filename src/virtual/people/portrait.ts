/** The photo on a virtual person's chip: drawn, not taken, so that no real face is in the project. */
import sharp from 'sharp';
import type { Looks, Resident } from './residents.ts';

const WIDTH = 150;
const HEIGHT = 200;

/** A JPEG of 150 × 200 pixels and at most 3.5 KB: it shares the 8 KB of the chip with everything else. */
export async function drawPortrait(resident: Resident): Promise<Uint8Array> {
  const year = Number(resident.biodata.tanggalLahir.slice(-4));
  // Background red for odd birth years, blue for even ones (Perpres 96/2018 practice, reference domain rules).
  const drawing = sharp(Buffer.from(portraitSvg(resident.looks, year % 2 === 1 ? '#c4272e' : '#2456a6')));
  return drawing.jpeg({ quality: 82, mozjpeg: true }).toBuffer();
}

function portraitSvg(looks: Looks, background: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <defs><linearGradient id="light"><stop offset="0" stop-color="#fff" stop-opacity="0.18"/>
      <stop offset="1" stop-color="#000" stop-opacity="0.18"/></linearGradient></defs>
    <rect width="${WIDTH}" height="${HEIGHT}" fill="${background}"/>
    ${drawFigure(looks)}
    <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#light)"/>
  </svg>`;
}

/** Head and shoulders as SVG elements, 150 × 200: the crown at 28, the chin at 132, the eyes at 88 from the top. */
export function drawFigure(looks: Looks): string {
  const { skin, hair, clothes, hijab } = looks;
  const shade = 'fill="#000" fill-opacity="0.12"';
  const behind = hijab
    ? `<path d="M75 26 C32 26 28 80 32 118 C34 150 22 166 18 200 L132 200 C128 166 116 150 118 118
        C122 80 118 26 75 26 Z" fill="${hijab}"/>`
    : `<path d="M75 28 C38 28 36 66 40 94 ${looks.longHair ? 'L36 150 L114 150 L110 94' : 'L110 94'}
        C114 66 112 28 75 28 Z" fill="${hair}"/>`;
  const fringe = hijab ? '' : `<path d="M46 74 C48 40 102 40 104 74 C94 56 70 52 46 74 Z" fill="${hair}"/>`;
  const eye = (x: number) => `<ellipse cx="${x}" cy="88" rx="6" ry="3.4" fill="#fff"/>
    <circle cx="${x}" cy="88" r="3" fill="#2a1a10"/>
    <path d="M${x - 8} 79 Q${x} 74 ${x + 8} 79" stroke="${hijab ? '#2b2320' : hair}" stroke-width="2.5" fill="none"/>`;
  const moustache = looks.moustache
    ? `<path d="M63 113 Q75 106 87 113 Q75 117 63 113 Z" fill="${hair}"/>`
    : '';
  return `${behind}
    <path d="M8 200 C10 166 44 158 62 152 L88 152 C106 158 140 166 142 200 Z" fill="${clothes}"/>
    <path d="M62 128 L62 154 Q75 166 88 154 L88 128 Z" fill="${skin}"/>
    <path d="M62 134 Q75 150 88 134 L88 142 Q75 156 62 142 Z" ${shade}/>
    <ellipse cx="75" cy="92" rx="30" ry="40" fill="${skin}"/>
    ${fringe}
    ${eye(63)}${eye(87)}
    <path d="M75 90 L71 106 Q75 109 79 106" stroke="#000" stroke-opacity="0.25" stroke-width="2" fill="none"/>
    ${moustache}
    <path d="M65 119 Q75 125 85 119" stroke="#7c3b32" stroke-width="3" fill="none"/>`;
}
