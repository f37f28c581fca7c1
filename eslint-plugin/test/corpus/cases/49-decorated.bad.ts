// @ts-nocheck
import { Controller, Get, Post, Body, Injectable, CanActivate, NestInterceptor, PipeTransform, NestMiddleware, ExceptionFilter, Res } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { Resolver, Query } from '@nestjs/graphql';
import * as fs from 'fs';
import * as crypto from 'crypto';
import * as zlib from 'zlib';
import { execSync } from 'child_process';
import type { Request, Response, NextFunction } from 'express';

@Injectable()
class HashService { hash(text: string): string { return crypto.pbkdf2Sync(text, 's', 1e5, 64, 'sha512').toString('hex'); } } // BAD

@Controller('files')
export class FilesController {
  constructor(private readonly hashes: HashService) {}
  @Get(':name') read(name: string) { return fs.readFileSync(name, 'utf8'); } // BAD
  @Post() create(@Body() body: { text: string }) { return this.hashes.hash(body.text); }
  @Get('log') log(@Res() res: Response): void { res.end(execSync('tail log')); } // BAD
  @Get('zip') async zip() { return this.pack('x'); }
  private pack(text: string) { return zlib.gzipSync(text); } // BAD
}
@Injectable() export class Guard implements CanActivate { canActivate(): boolean { return fs.existsSync('open'); } } // BAD
@Injectable() export class Trace implements NestInterceptor { intercept(context, next) { fs.appendFileSync('trace', 'x'); return next.handle(); } } // BAD
@Injectable() export class Parse implements PipeTransform { transform(value: string) { return zlib.inflateSync(value); } } // BAD
@Injectable() export class Audit implements NestMiddleware { use(req: Request, res: Response, next: NextFunction) { fs.writeFileSync('audit', req.url); next(); } } // BAD
export class Failures implements ExceptionFilter { catch(error: Error) { fs.appendFileSync('errors', error.stack ?? ''); } } // BAD
@Controller() export class Messages { @MessagePattern('sum') sum(data: string) { return crypto.scryptSync(data, 's', 64); } } // BAD
@WebSocketGateway() export class Chat { @SubscribeMessage('save') save(text: string) { fs.writeFileSync('chat', text); } } // BAD
@Resolver() export class Books { @Query() books() { return JSON.parse(fs.readFileSync('books.json', 'utf8')); } } // BAD
