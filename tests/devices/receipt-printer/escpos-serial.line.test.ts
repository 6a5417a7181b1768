import { testEscpos } from './escpos-behaviour.ts';

testEscpos('serial');
