// @ts-nocheck
import { Controller, Get, Injectable, OnModuleInit, Module } from '@nestjs/common';
import * as fs from 'fs';
import { readFile } from 'fs/promises';
import * as crypto from 'crypto';

@Injectable()
export class SettingsService implements OnModuleInit {
  private settings: unknown;
  private readonly key = crypto.scryptSync('boot', 'salt', 32); // OK
  onModuleInit() { this.settings = JSON.parse(fs.readFileSync('settings.json', 'utf8')); } // OK
  constructor() { fs.mkdirSync('data', { recursive: true }); } // OK
  get() { return this.settings; } // OK
}
@Controller()
export class FilesController {
  constructor(private readonly settings: SettingsService) {}
  @Get() async read() { return readFile('a', 'utf8'); } // OK
  @Get('settings') all() { return this.settings.get(); } // OK
  reload() { return fs.readFileSync('a'); } // OK
}
@Module({}) export class App { static forRoot() { return { ca: fs.readFileSync('ca.pem') }; } } // OK
@Injectable() export class Plain { canActivate() { return fs.existsSync('x'); } use() { fs.statSync('x'); } transform() { return crypto.pbkdf2Sync('a', 'b', 1, 1, 'sha1'); } } // OK
export class Command { @Option() parse() { return fs.readFileSync('x'); } @Get2() get() { return fs.readFileSync('x'); } } // OK
