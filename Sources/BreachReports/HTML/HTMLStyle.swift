internal import BreachModel

/// The look of the page; its digest stands in the policy, so that no other style applies.
enum HTMLStyle {
  /// `sha256-…` as a content security policy names it.
  static var source: String {
    var hash = SHA256()
    hash.update(sheet.utf8)
    return "sha256-" + base64(hash.finalize())
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let number = (0..<3).reduce(0) { sum, place in
        sum << 8 | (place < part.count ? Int(part[start + place]) : 0)
      }
      for place in 0..<4 {
        out.append(
          place <= part.count ? digits[number >> (18 - 6 * place) & 63] : UInt8(ascii: "=")
        )
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Colours have a contrast of at least 4.5 to 1 on their ground, on light and on dark.
  static let sheet = """
    :root{color-scheme:light dark;--ground:#fff;--card:#f5f7f9;--ink:#1b1f24;--soft:#525b66;\
    --line:#cfd6dd;--accent:#0b57a4;--pale:#a9c9ea;--alarm:#b42318;--alarm-ground:#fdeceb;\
    --open:#7a4b00;--good:#17663a}
    @media (prefers-color-scheme:dark){:root{--ground:#14181d;--card:#1d232a;--ink:#e8ebee;\
    --soft:#aab4bf;--line:#3a444f;--accent:#74b3f3;--pale:#2f5680;--alarm:#ff9a91;\
    --alarm-ground:#3a1d1b;--open:#f0bd6a;--good:#7fd3a0}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0 auto;max-width:70rem;padding:1rem 1.25rem 3rem;background:var(--ground);\
    color:var(--ink);font:1rem/1.6 system-ui,"Hiragino Sans","Yu Gothic UI","Yu Gothic",Meiryo,\
    "Noto Sans CJK JP","Noto Sans JP","IPAGothic",sans-serif;line-break:strict}
    h1{font-size:1.5rem;line-height:1.3;margin:.25rem 0}
    h2{font-size:1.2rem;line-height:1.35;margin:2.25rem 0 .5rem;padding-bottom:.25rem;\
    border-bottom:2px solid var(--line)}
    h3{font-size:1rem;margin:1.5rem 0 .25rem}
    p{margin:.5rem 0}
    a{color:var(--accent)}
    a:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    .skip{position:absolute;left:-999rem}
    .skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
    .soft,.note{color:var(--soft);font-size:.875rem}
    .name{overflow-wrap:anywhere}
    .alarm{color:var(--alarm);background:var(--alarm-ground);border-left:.35rem solid var(--alarm);\
    padding:.6rem .8rem;font-weight:700}
    .cards{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.75rem;margin:1rem 0}
    .card{background:var(--card);border:1px solid var(--line);border-radius:.4rem;\
    padding:.7rem .9rem;min-width:0}
    .card h2{font-size:.9rem;margin:0 0 .25rem;padding:0;border:0;color:var(--soft)}
    .card.bad{border-color:var(--alarm);border-width:2px}
    .big{font-size:1.75rem;line-height:1.25;font-weight:700;margin:0;overflow-wrap:anywhere}
    .mid{font-size:1.15rem;line-height:1.35;font-weight:700;margin:0}
    .card ul{margin:.35rem 0 0;padding-left:1.15rem;font-size:.9rem}
    .card li{margin:.1rem 0}
    .card p{margin:.2rem 0}
    nav ul{display:flex;flex-wrap:wrap;gap:.15rem 1rem;list-style:none;padding:0;margin:.5rem 0;\
    font-size:.9rem}
    .day{white-space:nowrap}
    .scroll{overflow-x:auto;margin:.5rem 0 1rem}
    table{border-collapse:collapse;width:100%;font-size:.9rem}
    caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);\
    white-space:nowrap}
    table.few{width:auto;min-width:min(100%,26rem)}
    th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;\
    border-bottom:1px solid var(--line);min-width:5.5rem}
    .n{min-width:0}
    thead th{border-bottom:2px solid var(--line);color:var(--soft);font-weight:600}
    tbody th{font-weight:600}
    .n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
    td.name,th.name{min-width:9rem;font-weight:400}
    .mark{font-weight:700;white-space:nowrap}
    .met,.gap,.asking{color:var(--alarm)}.undetermined,.partly{color:var(--open)}
    .not_met,.answered{color:var(--good)}
    figure{margin:.75rem 0}
    figcaption{color:var(--soft);font-size:.875rem}
    svg{display:block;width:100%;overflow:visible}
    svg text{fill:var(--ink);font-size:13px}
    svg .l{fill:var(--soft)}
    .sure{fill:var(--accent)}.may{fill:var(--pale)}.lost{fill:var(--alarm)}\
    .none{fill:var(--line)}.tick{fill:var(--ink)}
    .could{fill:none;stroke:var(--alarm);stroke-width:1.5;stroke-dasharray:4 3}
    footer{margin-top:2.5rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
    dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem 1rem;margin:.5rem 0}
    dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
    @media (max-width:40rem){body{padding:.75rem .8rem 2rem}.cards{grid-template-columns:1fr}\
    h1{font-size:1.25rem}.big{font-size:1.5rem}dl{grid-template-columns:1fr}dd{margin-bottom:.3rem}\
    tbody td:not(.n){min-width:8.5rem}tbody th{min-width:7rem}}
    @page{size:A4;margin:16mm 14mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);\
    font-size:9pt}}
    @media print{:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--soft:#444;\
    --line:#bbb;--accent:#0b57a4;--pale:#a9c9ea;--alarm:#b42318;--alarm-ground:#fff;\
    --open:#7a4b00;--good:#17663a}
    html{font-size:10pt}body{max-width:none;padding:0;print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}
    nav,.skip{display:none}.scroll{overflow:visible}a{color:inherit;text-decoration:none}
    h2,h3{break-after:avoid}tr,.card,figure{break-inside:avoid}thead{display:table-header-group}
    th,td,td.name,th.name{overflow-wrap:break-word;min-width:5em}.n{min-width:0}\
    table{font-size:8.5pt}\
    .name{overflow-wrap:anywhere}.mark{white-space:normal}}
    """
}
