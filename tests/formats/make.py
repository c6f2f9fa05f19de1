"""Makes the files of tests/formats with other programs: Python's email and mailbox, warcio, reportlab, fpdf2, python-docx,
ebooklib, odfpy, openpyxl, tarfile, zipfile, pyarrow, and LibreOffice (soffice). Run it in a scratch folder; it writes ./made.
    pip install warcio reportlab fpdf2 python-docx ebooklib odfpy openpyxl pyarrow ; apt-get install libreoffice-writer-nogui
"""
import email, email.policy, gzip, io, json, mailbox, os, subprocess, tarfile, zipfile
from email.message import EmailMessage
OUT = "made"
os.makedirs(OUT, exist_ok=True)
P = ["The ferry between Port Ellery and Stone Island will not sail before Friday, the harbour office said on Monday.",
     "“No ferry will sail,” said Tomas Reed, the town’s mayor. “We have 3,200 people waiting – and two boats.”",
     "The county, which owns four of the six vessels, answered that it would decide within days."]
TITLE = "No ferry before Friday"
def path(n): return os.path.join(OUT, n)
def write(n, b): open(path(n), "wb").write(b)

# --- mail
def message(plain=None, html=None, attach=(), mid="n1@pier.example", subject=TITLE, cs="utf-8", cte=None):
    m = EmailMessage(policy=email.policy.default)
    m["From"] = "Ada Brandt <ada@pier.example>"; m["To"] = "desk@post.example"; m["Subject"] = subject
    m["Date"] = "Tue, 03 Mar 2026 09:15:00 +0100"; m["Message-ID"] = f"<{mid}>"
    if plain is not None: m.set_content(plain, charset=cs, **({"cte": cte} if cte else {}))
    if html is not None:
        if plain is None: m.set_content(html, subtype="html", charset=cs)
        else: m.add_alternative(html, subtype="html")
    for name, data, main, sub in attach: m.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return m
body = "\n\n".join(P) + "\n"
html = "<html><body>" + "".join(f"<p>{p}</p>" for p in P) + "</body></html>"
write("plain.eml", bytes(message(body)))
write("base64.eml", bytes(message(body, cte="base64")))
write("quoted.eml", bytes(message(body, cte="quoted-printable")))
write("html.eml", bytes(message(None, html)))
write("both.eml", bytes(message("Your program shows no HTML.\n", html)))
write("latin.eml", message(body.replace("“","\"").replace("”","\"").replace("’","'").replace("–","-"), cs="iso-8859-1").as_bytes())
write("cp1252.eml", message(body, cs="windows-1252").as_bytes())
hist = body + "\nOn Mon, 2 Mar 2026 at 18:00, Tom Reyes <tom@post.example> wrote:\n\n> “It will sail,” said the mayor.\n> Is that so?\n\n-- \nAda Brandt\nHarbour Office\n"
write("history.eml", bytes(message(hist, subject="Re: " + TITLE)))
write("attached.eml", bytes(message("Please find our statement attached.\n", None, [("statement.txt", body.encode(), "text", "plain"), ("logo.png", b"\x89PNG\r\n", "image", "png")])))
inner = message(body, mid="inner@pier.example", subject="Inner")
m = message("Forwarded as an attachment.\n"); m.add_attachment(inner); write("message-in-message.eml", bytes(m))
write("utf8-subject.eml", bytes(message(body, subject="Keine Fähre vor Freitag – “bestimmt”")))
box = mailbox.mbox(path("two.mbox")); box.clear()
box.add(mailbox.mboxMessage(message(body, mid="b1@pier.example"))); box.add(mailbox.mboxMessage(message("From now on, no ferry.\n", mid="b2@pier.example", subject="Second"))); box.flush(); box.close()
md = mailbox.Maildir(path("maildir"), create=True); md.add(message(body, mid="m1@pier.example")); md.close()
for sub in ("cur", "new", "tmp"): open(path(f"maildir/{sub}/.keep"), "w").close()

# --- captions
def vtt(cues, head="WEBVTT\n\n"): return head + "".join(f"{a} --> {b}\n{t}\n\n" for a, b, t in cues)
write("voices.vtt", vtt([("00:00:01.000", "00:00:04.000", "<v Tomas Reed>No ferry will sail."), ("00:00:04.000", "00:00:07.000", "<v Tomas Reed>We have 3,200 people"), ("00:00:07.000", "00:00:09.000", "<v Tomas Reed>waiting."), ("00:00:10.000", "00:00:12.000", "<v Ada Brandt>Until when?")]).encode())
write("rolling.vtt", vtt([("00:00:00.000", "00:00:02.000", "no ferry<00:00:01.000><c> will</c>"), ("00:00:02.000", "00:00:04.000", "no ferry will\nsail before friday"), ("00:00:04.000", "00:00:06.000", "sail before friday\nsaid the mayor")], "WEBVTT\nKind: captions\nLanguage: en\n\n").encode())
srt = "".join(f"{i}\r\n{a} --> {b}\r\n{t}\r\n\r\n" for i, (a, b, t) in enumerate([("00:00:01,000", "00:00:03,500", ">> TOMAS REED: No ferry will\r\nsail."), ("00:00:03,600", "00:00:05,000", "We have 3,200 people waiting."), ("00:00:05,000", "00:00:06,000", ">> Until when?")], 1))
write("turns.srt", srt.encode()); write("bom.srt", b"\xef\xbb\xbf" + srt.encode()); write("utf16.srt", srt.encode("utf-16"))
write("whisper.json", json.dumps({"text": "No ferry will sail. We wait.", "segments": [{"id": 0, "start": 0.0, "end": 2.5, "text": " No ferry will sail."}, {"id": 1, "start": 2.5, "end": 4.0, "text": " We wait."}], "language": "en"}).encode())
write("api-transcript.json", json.dumps([{"text": "No ferry", "start": 0.0, "duration": 1.2}, {"text": "will sail.", "start": 1.2, "duration": 2.0}]).encode())
write("events.json3", json.dumps({"wireMagic": "pb3", "events": [{"tStartMs": 0, "dDurationMs": 1200, "segs": [{"utf8": "No"}, {"utf8": " ferry"}]}, {"tStartMs": 1200, "dDurationMs": 900, "segs": [{"utf8": "will sail."}]}]}).encode())
write("speakers.json", json.dumps([{"start": 0.5, "end": 2, "speaker": "Tomas Reed", "text": "No ferry will sail."}, {"start": 2, "end": 3, "speaker": "Ada Brandt", "text": "Until when?"}]).encode())

# --- word processors
import docx
from docx.shared import Pt
d = docx.Document(); d.core_properties.title = TITLE; d.core_properties.author = "Harbour Office"
import datetime; d.core_properties.created = datetime.datetime(2026, 3, 3, 9, 15)
d.add_heading(TITLE, 0)
for p in P: d.add_paragraph(p)
t = d.add_table(rows=2, cols=2); t.cell(0,0).text="Boats"; t.cell(0,1).text="6"; t.cell(1,0).text="Crews"; t.cell(1,1).text="9"
d.add_paragraph("First", style="List Bullet"); d.save(path("python.docx"))
html_doc = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in P) + "<table><tr><td>Boats</td><td>6</td></tr><tr><td>Crews</td><td>9</td></tr></table></body></html>"
open("src.html", "w").write(html_doc.replace("<head>", "<head><meta charset=utf-8>"))
for ext, flt in [("odt", "odt"), ("docx", "docx:MS Word 2007 XML"), ("rtf", "rtf:Rich Text Format"), ("pdf", "pdf:writer_web_pdf_Export"), ("epub", "epub"), ("txt", "txt:Text (encoded):UTF8")]:
    subprocess.run(["soffice", "--headless", "--convert-to", flt, "--outdir", "lo", "python.docx" if False else path("python.docx")], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=200)
    f = f"lo/python.{ext}"
    if os.path.exists(f): os.replace(f, path(f"office.{ext}"))
from odf.opendocument import OpenDocumentText
from odf.text import P as OP, H, S, Note, NoteCitation, NoteBody
from odf import dc, meta
o = OpenDocumentText(); o.meta.addElement(dc.Title(text=TITLE)); o.meta.addElement(meta.InitialCreator(text="Harbour Office")); o.meta.addElement(meta.CreationDate(text="2026-03-03T09:15:00"))
o.text.addElement(H(outlinelevel=1, text=TITLE))
for p in P: o.text.addElement(OP(text=p))
n = Note(noteclass="footnote"); n.addElement(NoteCitation(text="1")); nb = NoteBody(); nb.addElement(OP(text="As of Monday.")); n.addElement(nb)
e = OP(text="Counted twice."); e.addElement(n); o.text.addElement(e); o.save(path("python.odt"))
write("word.rtf", ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Calibri;}}{\\*\\generator Riched20 10.0.19041}\\viewkind4\\uc1\r\n\\pard " + "\\par\r\n".join(p.replace("“", "\\ldblquote ").replace("”", "\\rdblquote ").replace("’", "\\'92").replace("–", "\\'96") for p in [TITLE] + P) + "\\par\r\n}\r\n\0").encode("latin-1"))
from ebooklib import epub
b = epub.EpubBook(); b.set_identifier("x"); b.set_title(TITLE); b.set_language("en"); b.add_author("Harbour Office"); b.add_metadata("DC", "date", "2026-03-03")
cs = []
for i in range(2):
    c = epub.EpubHtml(title=f"Chapter {i+1}", file_name=f"c{i+1}.xhtml", lang="en"); c.content = f"<h1>Chapter {i+1}</h1>" + "".join(f"<p>{p}</p>" for p in P[i:]); b.add_item(c); cs.append(c)
b.toc = cs; b.add_item(epub.EpubNcx()); b.add_item(epub.EpubNav()); b.spine = ["nav"] + cs; epub.write_epub(path("python.epub"), b)

# --- PDF
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas
from reportlab.platypus import SimpleDocTemplate, Paragraph, BaseDocTemplate, Frame, PageTemplate, Spacer, Table
from reportlab.lib.styles import getSampleStyleSheet, ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab import rl_config; rl_config.invariant = 1
pdfmetrics.registerFont(TTFont("Lib", "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"))
ss = getSampleStyleSheet(); base = ParagraphStyle("b", parent=ss["BodyText"], fontName="Lib", fontSize=11, leading=14)
def foot(c, doc):
    c.setFont("Helvetica", 8); c.drawString(60, 800, "Harbour Office – Port Ellery".replace("–", "-")); c.drawCentredString(300, 30, f"Page {doc.page}")
LONG = [f"{P[i % 3]} This is paragraph {i + 1} of the statement, and it goes on for a while so that pages fill up and words run over." for i in range(30)]
SimpleDocTemplate(path("pages.pdf"), pagesize=A4, title=TITLE, author="Harbour Office").build([Paragraph(TITLE, ss["Title"])] + [Paragraph(p, base) for p in LONG], onFirstPage=foot, onLaterPages=foot)
def two(name, justify=False):
    doc = BaseDocTemplate(path(name), pagesize=A4, title="")
    w = 230; fr = [Frame(50, 60, w, 650, id="l"), Frame(310, 60, w, 650, id="r")]
    doc.addPageTemplates([PageTemplate(frames=fr, onPage=lambda c, d: (c.setFont("Helvetica-Bold", 20), c.drawString(50, 760, TITLE)))])
    st = ParagraphStyle("c", parent=base, alignment=4 if justify else 0)
    doc.build([Paragraph(p, st) for p in LONG[:12]])
two("columns.pdf"); two("justified.pdf", True)
c = canvas.Canvas(path("ligatures.pdf")); c.setFont("Lib", 12); c.drawString(72, 700, "The ﬁnal oﬃce ﬂoor is “safe”, the engineer said."); c.save()
c = canvas.Canvas(path("hyphens.pdf")); c.setFont("Lib", 12)
for i, l in enumerate(["The harbour master of Port Ellery announced that the trans-", "portation of goods to the island is trans-", "portation of the county, a well-", "known matter, and that trans-", "portation stops. Transportation is well-known."]): c.drawString(72, 700 - 14 * i, l)
c.save()
c = canvas.Canvas(path("encrypted.pdf"), encrypt="secret"); c.drawString(72, 700, "Secret."); c.save()
from reportlab.lib.pdfencrypt import StandardEncryption
c = canvas.Canvas(path("owner-only.pdf"), encrypt=StandardEncryption("", ownerPassword="owner")); c.setFont("Lib", 12); c.drawString(72, 700, P[0][:60]); c.save()
from reportlab.lib.utils import ImageReader
try:
    from PIL import Image
    im = Image.new("L", (60, 80), 200); c = canvas.Canvas(path("scan.pdf"))
    for _ in range(2): c.drawImage(ImageReader(im), 0, 0, 595, 842); c.showPage()
    c.save()
except ImportError: pass
SimpleDocTemplate(path("table.pdf"), pagesize=A4).build([Paragraph(P[0], base), Spacer(1, 12), Table([["Vessel", "Seats", "Crew"], ["Morning Star", "120", "9"], ["Northern Light", "96", "7"], ["Gannet", "44", "4"]]), Spacer(1, 12), Paragraph(P[1], base)])
from fpdf import FPDF
f = FPDF(); f.add_page(); f.add_font("dv", "", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"); f.set_font("dv", size=12); f.set_title(TITLE); f.set_creation_date(datetime.datetime(2026,3,3,tzinfo=datetime.timezone.utc))
for p in [TITLE] + P: f.multi_cell(0, 7, p); f.ln(3)
f.output(path("fpdf.pdf"))
f = FPDF(); f.add_page(); f.set_font("Helvetica", size=12)
for p in [TITLE] + P: f.multi_cell(0, 7, p.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-")); f.ln(3)
f.output(path("core-fonts.pdf"))
write("broken.pdf", open(path("fpdf.pdf"), "rb").read()[:900]); write("no.pdf", b"%PDF-1.7\nnothing\n")
full = open(path("fpdf.pdf"), "rb").read(); write("no-xref.pdf", full[:full.rindex(b"startxref")])

# --- crawls
from warcio.warcwriter import WARCWriter
from warcio.statusandheaders import StatusAndHeaders
def page(i): return f"<html><head><title>{TITLE} {i}</title></head><body><article><h1>{TITLE} {i}</h1>" + "".join(f"<p>{p}</p>" for p in P) + "</article></body></html>"
def crawl(name, gz):
    with open(path(name), "wb") as o:
        w = WARCWriter(o, gzip=gz)
        def rec(url, body, ctype="text/html; charset=utf-8", status="200 OK", kind="response", extra=()):
            h = StatusAndHeaders(status, [("Content-Type", ctype)] + list(extra), protocol="HTTP/1.0")
            r = w.create_warc_record(url, kind, payload=io.BytesIO(body), http_headers=h, warc_headers_dict={"WARC-Date": "2026-03-03T08:00:00Z"}); w.write_record(r); return r
        w.write_record(w.create_warcinfo_record(name, {"software": "warcio"}))
        for i in range(3): rec(f"http://pier.example/{i}", page(i).encode())
        rec("http://pier.example/latin", page("é").replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-").encode("latin-1"), "text/html; charset=iso-8859-1")
        rec("http://pier.example/gone", b"<p>Gone.</p>", status="404 Not Found"); rec("http://pier.example/p.png", b"\x89PNG", "image/png")
        rec("http://pier.example/gz", gzip.compress(page(9).encode(), mtime=0), extra=[("Content-Encoding", "gzip")])
        rec("http://pier.example/note.txt", body.encode(), "text/plain; charset=utf-8")
        rec("http://pier.example/s.pdf", open(path("fpdf.pdf"), "rb").read(), "application/pdf")
        w.write_record(w.create_revisit_record("http://pier.example/again", "sha1:AAAA", "http://pier.example/0", "2026-03-03T08:00:00Z", http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")))
crawl("crawl.warc", False); crawl("crawl.warc.gz", True)
with zipfile.ZipFile(path("crawl.wacz"), "w") as z: z.writestr("datapackage.json", "{}"); z.writestr("pages/pages.jsonl", "{}\n"); z.write(path("crawl.warc.gz"), "archive/data.warc.gz")

# --- archives and tables
with zipfile.ZipFile(path("mixed.zip"), "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("statements/a.txt", body); z.write(path("python.docx"), "b.docx"); z.writestr("pic.jpg", b"\xff\xd8"); z.writestr("__MACOSX/._a.txt", b"\0\0"); z.writestr("Grüße.txt", P[0])
import py7zr
with py7zr.SevenZipFile(path("mixed.7z"), "w") as z:
    z.writestr(body, "statements/a.txt"); z.write(path("python.docx"), "b.docx"); z.writestr(b"\xff\xd8", "pic.jpg"); z.writestr(P[0], "Grüße.txt")
with py7zr.SevenZipFile(path("locked.7z"), "w", password="pier") as z: z.writestr(body, "a.txt")
with tarfile.open(path("mixed.tar.gz"), "w:gz") as t:
    for n in ("plain.eml", "turns.srt"): t.add(path(n), n)
    t.add(path("python.odt"), "deep/" + "x" * 120 + ".odt")
import csv
with open(path("story-text.csv"), "w", newline="") as fo:
    w = csv.writer(fo); w.writerow(["Headline", "Story Text", "Published At", "Outlet", "Link"]); w.writerow([TITLE, body, "2026-03-03", "Pier Post", "http://pier.example/1"])
with open(path("cp1252.csv"), "w", newline="", encoding="cp1252") as fo: w = csv.writer(fo); w.writerow(["title", "content"]); [w.writerow([TITLE, p]) for p in P]
with open(path("utf32.txt"), "w", encoding="utf-32") as fo: fo.write(body)
with open(path("macroman.txt"), "w", encoding="mac-roman") as fo: fo.write(body)
with open(path("utf16be.txt"), "w", encoding="utf-16-be") as fo: fo.write("\ufeff" + body)
write("newsapi.json", json.dumps({"status": "ok", "totalResults": 1, "articles": [{"source": {"id": None, "name": "Pier Post"}, "author": "Ana Brook", "title": TITLE, "description": "Short.", "url": "http://pier.example/1", "publishedAt": "2026-03-03T08:00:00Z", "content": body}]}).encode())
write("guardian.json", json.dumps({"response": {"status": "ok", "results": [{"id": "x/1", "webTitle": TITLE, "webUrl": "http://pier.example/1", "webPublicationDate": "2026-03-03T08:00:00Z", "fields": {"bodyText": body}}]}}).encode())
write("wordpress.json", json.dumps([{"id": 7, "date": "2026-03-03T08:00:00", "link": "http://pier.example/1", "title": {"rendered": TITLE}, "content": {"rendered": "".join(f"<p>{p}</p>" for p in P)}}]).encode())
write("elastic.json", json.dumps({"took": 1, "hits": {"total": {"value": 1}, "hits": [{"_id": "e1", "_source": {"headline": TITLE, "body": body}}]}}).encode())
write("jsonfeed.json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Pier Post", "items": [{"id": "f1", "url": "http://pier.example/1", "title": TITLE, "content_html": "".join(f"<p>{p}</p>" for p in P), "date_published": "2026-03-03T08:00:00Z"}]}).encode())
import pyarrow as pa, pyarrow.parquet as pq
pq.write_table(pa.table({"headline": [TITLE], "content": [body], "date": ["2026-03-03"]}), path("table.parquet"))
# a page as Chromium saves it
m = EmailMessage(policy=email.policy.SMTP); m["From"] = "<Saved by Blink>"; m["Snapshot-Content-Location"] = "http://pier.example/1"; m["Subject"] = TITLE; m["Date"] = "Tue, 3 Mar 2026 08:00:00 -0000"; m["MIME-Version"] = "1.0"
m.set_content(page(1), subtype="html", charset="utf-8"); m.make_related(); m.add_attachment(b"\x89PNG", maintype="image", subtype="png"); write("saved.mhtml", bytes(m))
