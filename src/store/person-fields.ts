/** The types of what rows and facts hold of a person; none of them may stand in an audit entry. */
import { z } from 'zod';
import { NAME_LENGTH } from '../rules/names.ts';
import { isNik } from '../rules/nik.ts';

export const nik = z.string().refine(isNik);
export const name = z.string().min(1).max(NAME_LENGTH);
