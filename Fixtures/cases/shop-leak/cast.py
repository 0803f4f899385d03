"""The invented persons of this case: names, places, and the few who are there for a reason.

Nobody here exists. Given and family names are common ones put together, telephone numbers and house
numbers are drawn at random, mail domains are reserved for examples (RFC 2606, RFC 6761).
"""
import dataclasses
import random

SURNAMES = """鈴木/スズキ 伊藤/イトウ 中村/ナカムラ 加藤/カトウ 山口/ヤマグチ 松本/マツモト 井上/イノウエ 木村/キムラ
林/ハヤシ 清水/シミズ 森/モリ 池田/イケダ 橋本/ハシモト 阿部/アベ 石川/イシカワ 山下/ヤマシタ 中島/ナカジマ 石井/イシイ
前田/マエダ 岡田/オカダ 長谷川/ハセガワ 後藤/ゴトウ 近藤/コンドウ 村上/ムラカミ 遠藤/エンドウ 青木/アオキ 坂本/サカモト
福田/フクダ 太田/オオタ 西村/ニシムラ 藤井/フジイ 金子/カネコ 岡本/オカモト 藤原/フジワラ 中野/ナカノ 原田/ハラダ
松田/マツダ 竹内/タケウチ 小野/オノ 中川/ナカガワ 田村/タムラ 和田/ワダ 上田/ウエダ 内田/ウチダ 柴田/シバタ 酒井/サカイ
横山/ヨコヤマ 高木/タカギ 安藤/アンドウ 宮本/ミヤモト 大野/オオノ 今井/イマイ 工藤/クドウ 丸山/マルヤマ 増田/マスダ
村田/ムラタ 大塚/オオツカ 武田/タケダ 野村/ノムラ 千葉/チバ 木下/キノシタ 野口/ノグチ 松尾/マツオ 佐野/サノ
杉山/スギヤマ 五十嵐/イガラシ 大久保/オオクボ 小笠原/オガサワラ 佐々木/ササキ 久保/クボ 市川/イチカワ 水野/ミズノ""".split()
# given name / reading / sex
GIVEN = """翔太/ショウタ/男 大翔/ヒロト/男 健太/ケンタ/男 拓也/タクヤ/男 大輔/ダイスケ/男 隆/タカシ/男 剛/ツヨシ/男 学/マナブ/男
直樹/ナオキ/男 和也/カズヤ/男 達也/タツヤ/男 哲也/テツヤ/男 雄一/ユウイチ/男 悠斗/ユウト/男 亮/リョウ/男 修/オサム/男
清/キヨシ/男 勝/マサル/男 正/タダシ/男 実/ミノル/男 洋子/ヨウコ/女 幸子/サチコ/女 和子/カズコ/女 裕子/ユウコ/女
真由美/マユミ/女 明美/アケミ/女 由美/ユミ/女 直美/ナオミ/女 智子/トモコ/女 美咲/ミサキ/女 結衣/ユイ/女 陽菜/ヒナ/女
結菜/ユイナ/女 美羽/ミウ/女 舞/マイ/女 麻衣/マイ/女 さくら/サクラ/女 みゆき/ミユキ/女 香織/カオリ/女 久美子/クミコ/女
典子/ノリコ/女 京子/キョウコ/女 節子/セツコ/女 文子/フミコ/女""".split()
# postal code / address up to the town / area code and first digits there / prefecture (JIS X 0401)
PLACES = """156-0054/東京都世田谷区桜丘/03-5/13 101-0051/東京都千代田区神田神保町/03-3/13 150-0013/東京都渋谷区恵比寿/03-6/13
140-0014/東京都品川区大井/03-3/13 144-0052/東京都大田区蒲田/03-3/13 176-0012/東京都練馬区豊玉北/03-5/13
166-0003/東京都杉並区高円寺南/03-3/13 175-0094/東京都板橋区成増/03-5/13 136-0071/東京都江東区亀戸/03-3/13
192-0046/東京都八王子市明神町/042-64/13 194-0013/東京都町田市原町田/042-72/13 223-0061/神奈川県横浜市港北区日吉/045-5/14
220-0011/神奈川県横浜市西区高島/045-4/14 211-0063/神奈川県川崎市中原区小杉町/044-7/14 251-0037/神奈川県藤沢市鵠沼海岸/0466-2/14
330-0854/埼玉県さいたま市大宮区桜木町/048-6/11 332-0012/埼玉県川口市本町/048-2/11 260-0013/千葉県千葉市中央区中央/043-2/12
273-0005/千葉県船橋市本町/047-4/12 060-0031/北海道札幌市中央区北一条東/011-2/01 040-0011/北海道函館市本町/0138-5/01
030-0801/青森県青森市新町/017-7/02 010-0001/秋田県秋田市中通/018-8/05 020-0021/岩手県盛岡市中央通/019-6/03
980-0014/宮城県仙台市青葉区本町/022-2/04 464-0850/愛知県名古屋市千種区今池/052-7/23 530-0001/大阪府大阪市北区梅田/06-6/27
650-0021/兵庫県神戸市中央区三宮町/078-3/28 730-0051/広島県広島市中区大手町/082-2/34 812-0011/福岡県福岡市博多区博多駅前/092-4/40
900-0015/沖縄県那覇市久茂地/098-8/47 920-0961/石川県金沢市香林坊/076-2/17 950-0088/新潟県新潟市中央区万代/025-2/15
700-0822/岡山県岡山市北区表町/086-2/33 760-0029/香川県高松市丸亀町/087-8/37 790-0004/愛媛県松山市大街道/089-9/38""".split()
BUILDINGS = "サンハイツ コーポ桜 メゾン青葉 パークハイム リバーサイド".split()
# Half of the persons use domains reserved for documentation, half invented ones under .example.
RESERVED = ["example.com", "example.jp", "example.ne.jp", "example.org"]
INVENTED = ["hikari-mail.example", "sakuranet.example", "tonbo.example.ne.jp", "komorebi.example"]
ROMAN = {
    "ア": "a", "イ": "i", "ウ": "u", "エ": "e", "オ": "o", "カ": "ka", "キ": "ki", "ク": "ku",
    "ケ": "ke", "コ": "ko", "ガ": "ga", "ギ": "gi", "グ": "gu", "ゲ": "ge", "ゴ": "go", "サ": "sa",
    "シ": "shi", "ス": "su", "セ": "se", "ソ": "so", "ザ": "za", "ジ": "ji", "ズ": "zu", "ゼ": "ze",
    "ゾ": "zo", "タ": "ta", "チ": "chi", "ツ": "tsu", "テ": "te", "ト": "to", "ダ": "da", "デ": "de",
    "ド": "do", "ナ": "na", "ニ": "ni", "ヌ": "nu", "ネ": "ne", "ノ": "no", "ハ": "ha", "ヒ": "hi",
    "フ": "fu", "ヘ": "he", "ホ": "ho", "バ": "ba", "ビ": "bi", "ブ": "bu", "ベ": "be", "ボ": "bo",
    "マ": "ma", "ミ": "mi", "ム": "mu", "メ": "me", "モ": "mo", "ヤ": "ya", "ユ": "yu", "ヨ": "yo",
    "ラ": "ra", "リ": "ri", "ル": "ru", "レ": "re", "ロ": "ro", "ワ": "wa", "ン": "n", "ャ": "ya",
    "ュ": "yu", "ョ": "yo", "ッ": "", "ー": "",
}


def romaji(kana):
    """A plain transcription, good enough for mailboxes."""
    out = ""
    for sign in kana:
        piece = ROMAN[sign]
        if sign in "ャュョ":
            out = out[:-1]
            piece = piece[1:] if out.endswith(("sh", "ch", "j")) else piece
        out += piece
    return out


@dataclasses.dataclass
class Person:
    key: str
    sei: str
    mei: str
    sei_kana: str
    mei_kana: str
    sex: str
    birth: tuple
    zip: str
    town: str
    area: str
    prefecture: str
    number: tuple
    building: str
    landline: str
    mobile: str
    mail: str

    @property
    def name(self):
        return self.sei + self.mei

    @property
    def kana(self):
        return self.sei_kana + self.mei_kana

    @property
    def address(self):
        """The normal form: numbers joined by hyphens, no blanks."""
        return self.town + "-".join(map(str, self.number)) + self.building


class Cast:
    """Draws persons; no two share a name, a mailbox or a number unless told to."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = set()
        self.used = set()
        self.count = 0

    def unique(self, draw):
        while True:
            value = draw()
            if value not in self.used:
                self.used.add(value)
                return value

    def landline(self, area):
        code, first = area.split("-")
        local = first + "".join(
            str(self.random.randint(0, 9)) for _ in range(10 - len(code) - len(first)))
        return f"{code}-{local[:-4]}-{local[-4:]}"

    def mobile(self):
        draw = self.random
        return "%s-%d%03d-%04d" % (
            draw.choice(["090", "080", "070"]), draw.randint(1, 8), draw.randint(0, 999),
            draw.randint(0, 9999))

    def mailbox(self, sei_kana, mei_kana, year):
        family, given = romaji(sei_kana), romaji(mei_kana)
        shape = self.random.randint(0, 4)
        local = [
            f"{given}.{family}", f"{family}.{given}", f"{given[0]}-{family}{year % 100:02d}",
            f"{family}_{given}", f"{given}{year % 100:02d}{self.random.randint(10, 31)}",
        ][shape]
        self.count += 1
        domains = RESERVED if self.count % 2 else INVENTED
        return local + "@" + self.random.choice(domains)

    def person(self, key, name=None, year=None):
        """A person; `name` is 姓/セイ/名/メイ/性 when the story needs a certain one."""
        draw = self.random
        if name:
            sei, sei_kana, mei, mei_kana, sex = name.split("/")
        else:
            while True:
                sei, sei_kana = draw.choice(SURNAMES).split("/")
                mei, mei_kana, sex = draw.choice(GIVEN).split("/")
                if sei + mei not in self.names:
                    break
        self.names.add(sei + mei)
        zip_code, town, area, prefecture = draw.choice(PLACES).split("/")
        year = year or draw.randint(1941, 2004)
        number = (draw.randint(1, 5), draw.randint(1, 28), draw.randint(1, 19))
        building = ""
        if draw.random() < 0.35:
            building = f"{draw.choice(BUILDINGS)}{draw.randint(1, 9)}0{draw.randint(1, 6)}号室"
        return Person(
            key, sei, mei, sei_kana, mei_kana, sex,
            (year, draw.randint(1, 12), draw.randint(2, 28)), zip_code, town, area, prefecture,
            number, building, self.unique(lambda: self.landline(area)),
            self.unique(self.mobile), self.unique(lambda: self.mailbox(sei_kana, mei_kana, year)))
