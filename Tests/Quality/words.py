"""Words that the material is made of: names, places, companies; own lists, none copied.

A word is used only when it stands in no pattern, header or example file of the repository and its hash does not
fall into the part that such files are free to use (`held_out`).
"""
import functools, hashlib, os, re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# kanji:reading
FAMILY = """有馬:アリマ 安西:アンザイ 飯島:イイジマ 飯塚:イイヅカ 猪俣:イノマタ 生田:イクタ 池上:イケガミ 石黒:イシグロ 石塚:イシヅカ 泉谷:イズミヤ 磯部:イソベ 板倉:イタクラ
市川:イチカワ 稲垣:イナガキ 稲葉:イナバ 井口:イグチ 今村:イマムラ 入江:イリエ 岩井:イワイ 岩田:イワタ 岩本:イワモト 植木:ウエキ 植田:ウエダ 宇佐美:ウサミ 臼井:ウスイ 梅田:ウメダ
浦田:ウラタ 江口:エグチ 榎本:エノモト 大石:オオイシ 大川:オオカワ 大沢:オオサワ 大島:オオシマ 大谷:オオタニ 大橋:オオハシ 大森:オオモリ 岡崎:オカザキ 岡村:オカムラ 荻野:オギノ 奥村:オクムラ
尾崎:オザキ 小沢:オザワ 小田:オダ 落合:オチアイ 鬼頭:キトウ 甲斐:カイ 海老原:エビハラ 加賀:カガ 垣内:カキウチ 梶原:カジワラ 片岡:カタオカ 片桐:カタギリ 桂:カツラ 門脇:カドワキ 金田:カネダ
鎌田:カマタ 上村:カミムラ 神谷:カミヤ 亀井:カメイ 川上:カワカミ 川口:カワグチ 川島:カワシマ 川村:カワムラ 川端:カワバタ 河合:カワイ 河野:コウノ 神田:カンダ 菊池:キクチ 岸本:キシモト 北川:キタガワ
北村:キタムラ 北島:キタジマ 吉川:ヨシカワ 木原:キハラ 草野:クサノ 久保:クボ 久保田:クボタ 熊谷:クマガイ 倉田:クラタ 栗田:クリタ 栗原:クリハラ 黒川:クロカワ 黒木:クロキ 黒沢:クロサワ 桑原:クワバラ
小池:コイケ 小出:コイデ 古賀:コガ 小泉:コイズミ 児玉:コダマ 小西:コニシ 駒井:コマイ 五味:ゴミ 小柳:コヤナギ 近江:オウミ 税所:サイショ 坂口:サカグチ 坂井:サカイ
佐伯:サエキ 榊原:サカキバラ 桜庭:サクラバ 笹川:ササガワ 佐竹:サタケ 里見:サトミ 真田:サナダ 澤村:サワムラ 沢田:サワダ 塩田:シオタ 塩見:シオミ 志賀:シガ 島崎:シマザキ 島田:シマダ 下村:シモムラ
白井:シライ 白石:シライシ 城田:シロタ 新谷:シンタニ 菅野:カンノ 杉浦:スギウラ 杉田:スギタ 杉本:スギモト 鈴村:スズムラ 須田:スダ 須藤:スドウ 関:セキ 関口:セキグチ 関根:セキネ 瀬川:セガワ 千田:センダ
曽根:ソネ 高井:タカイ 高島:タカシマ 高瀬:タカセ 高野:タカノ 高見:タカミ 高山:タカヤマ 滝沢:タキザワ 竹下:タケシタ 竹田:タケダ 竹中:タケナカ 立花:タチバナ 立石:タテイシ 田辺:タナベ 谷口:タニグチ
谷川:タニガワ 田代:タシロ 田島:タジマ 田原:タハラ 玉井:タマイ 玉置:タマキ 塚本:ツカモト 辻:ツジ 辻本:ツジモト 土屋:ツチヤ 堤:ツツミ 角田:ツノダ 津田:ツダ 寺田:テラダ 寺島:テラシマ
土井:ドイ 富田:トミタ 富永:トミナガ 豊田:トヨダ 内藤:ナイトウ 永井:ナガイ 長尾:ナガオ 永田:ナガタ 長野:ナガノ 中井:ナカイ 中尾:ナカオ 中沢:ナカザワ 中西:ナカニシ 中原:ナカハラ 仲村:ナカムラ
名越:ナゴシ 鍋島:ナベシマ 成田:ナリタ 西川:ニシカワ 西田:ニシダ 西野:ニシノ 西岡:ニシオカ 西山:ニシヤマ 二宮:ニノミヤ 根岸:ネギシ 根本:ネモト 野崎:ノザキ 野田:ノダ 野中:ノナカ 野々村:ノノムラ
萩原:ハギワラ 橋爪:ハシヅメ 畑中:ハタナカ 服部:ハットリ 花田:ハナダ 馬場:ババ 浜口:ハマグチ 浜田:ハマダ 早川:ハヤカワ 早坂:ハヤサカ 原口:ハラグチ 坂東:バンドウ 東:ヒガシ 東山:ヒガシヤマ 樋口:ヒグチ
久野:ヒサノ 日比野:ヒビノ 平井:ヒライ 平川:ヒラカワ 平田:ヒラタ 平山:ヒラヤマ 広瀬:ヒロセ 深沢:フカザワ 深田:フカダ 福井:フクイ 福島:フクシマ 福永:フクナガ 福本:フクモト 藤岡:フジオカ 藤川:フジカワ
藤沢:フジサワ 藤島:フジシマ 藤村:フジムラ 藤本:フジモト 船橋:フナバシ 古川:フルカワ 古田:フルタ 星:ホシ 星野:ホシノ 細川:ホソカワ 堀:ホリ 堀内:ホリウチ 堀江:ホリエ 堀口:ホリグチ 本多:ホンダ 本間:ホンマ
前川:マエカワ 前原:マエハラ 牧野:マキノ 槙原:マキハラ 増井:マスイ 松井:マツイ 松岡:マツオカ 松浦:マツウラ 松永:マツナガ 松原:マツバラ 松村:マツムラ 松山:マツヤマ 真鍋:マナベ 丸尾:マルオ 三上:ミカミ
三木:ミキ 水谷:ミズタニ 水野:ミズノ 溝口:ミゾグチ 三井:ミツイ 三谷:ミタニ 南:ミナミ 宮内:ミヤウチ 宮川:ミヤガワ 宮下:ミヤシタ 宮田:ミヤタ 宮原:ミヤハラ 三好:ミヨシ 村井:ムライ 村松:ムラマツ 村山:ムラヤマ
望月:モチヅキ 森岡:モリオカ 森川:モリカワ 森本:モリモト 森山:モリヤマ 矢島:ヤジマ 安田:ヤスダ 矢野:ヤノ 柳田:ヤナギダ 山内:ヤマウチ 山岸:ヤマギシ 山中:ヤマナカ 山根:ヤマネ 山村:ヤマムラ 結城:ユウキ
湯浅:ユアサ 横井:ヨコイ 横田:ヨコタ 吉井:ヨシイ 吉岡:ヨシオカ 吉村:ヨシムラ 吉本:ヨシモト 米田:ヨネダ 若林:ワカバヤシ 鷲尾:ワシオ 和久井:ワクイ 小比類巻:コヒルイマキ 四方田:ヨモダ 一ノ瀬:イチノセ
竹ノ内:タケノウチ 仲宗根:ナカソネ 喜屋武:キャン 比嘉:ヒガ 玉城:タマキ 島袋:シマブクロ 具志堅:グシケン 金城:キンジョウ 大城:オオシロ 我那覇:ガナハ 勅使河原:テシガワラ 武者小路:ムシャノコウジ
齋藤:サイトウ 齊藤:サイトウ 渡邉:ワタナベ 濵田:ハマダ 德永:トクナガ 髙島:タカシマ 﨑山:サキヤマ 柳澤:ヤナギサワ 廣瀬:ヒロセ 國分:コクブ 邊見:ヘンミ 櫻田:サクラダ 瀧本:タキモト 眞下:マシモ 嶋津:シマヅ 𠮷田:ヨシダ
小野寺:オノデラ 小田切:オダギリ 日下部:クサカベ 宇都宮:ウツノミヤ 阿久津:アクツ 八木沢:ヤギサワ 久我:クガ 難波:ナンバ 百瀬:モモセ 妹尾:セノオ 長曽我部:チョウソカベ""".split()

GIVEN_M = """翔平:ショウヘイ 颯太:ソウタ 陽翔:ハルト 律:リツ 朝陽:アサヒ 新:アラタ 湊斗:ミナト 悠真:ユウマ 暖:ダン 伊織:イオリ 蒼真:ソウマ 碧:アオ 晴:ハル 奏太:カナタ 岳:ガク 瑛太:エイタ 航平:コウヘイ 悠人:ユウト
圭吾:ケイゴ 慎吾:シンゴ 慎太郎:シンタロウ 孝之:タカユキ 孝文:タカフミ 博之:ヒロユキ 浩二:コウジ 康弘:ヤスヒロ 康平:コウヘイ 雅人:マサト 雅之:マサユキ 正樹:マサキ 政夫:マサオ 昌弘:マサヒロ 義則:ヨシノリ 義雄:ヨシオ 良平:リョウヘイ
亮太:リョウタ 遼:リョウ 諒:リョウ 祐介:ユウスケ 祐樹:ユウキ 裕司:ユウジ 勇気:ユウキ 雄大:ユウダイ 雄太:ユウタ 洋平:ヨウヘイ 洋介:ヨウスケ 陽一:ヨウイチ 芳郎:ヨシロウ 泰造:タイゾウ 太一:タイチ 大地:ダイチ 大樹:ダイキ
辰也:タツヤ 龍之介:リュウノスケ 竜也:タツヤ 隆司:タカシ 隆史:タカフミ 貴志:タカシ 貴大:タカヒロ 崇:タカシ 卓:タク 拓海:タクミ 匠:タクミ 琢磨:タクマ 剛志:ツヨシ 哲夫:テツオ 徹:トオル 透:トオル 敏之:トシユキ 俊介:シュンスケ
俊彦:トシヒコ 駿介:シュンスケ 淳:アツシ 淳一:ジュンイチ 潤:ジュン 純一:ジュンイチ 順平:ジュンペイ 丈二:ジョウジ 譲:ユズル 晋也:シンヤ 真也:シンヤ 信夫:ノブオ 信也:シンヤ 仁:ジン 健吾:ケンゴ 健二:ケンジ 賢治:ケンジ 謙太郎:ケンタロウ
憲一:ケンイチ 功:イサオ 幸一:コウイチ 幸雄:ユキオ 光男:ミツオ 弘:ヒロシ 宏樹:ヒロキ 洸:コウ 耕平:コウヘイ 晃:アキラ 晃司:コウジ 昭夫:アキオ 昭三:ショウゾウ 章:アキラ 明:アキラ 秋生:アキオ 敦:アツシ 篤志:アツシ 郁夫:イクオ
一馬:カズマ 一也:カズヤ 和彦:カズヒコ 和宏:カズヒロ 勝也:カツヤ 克己:カツミ 寛:ヒロシ 寛太:カンタ 喜一:キイチ 吉男:ヨシオ 久:ヒサシ 恭平:キョウヘイ 恭一:キョウイチ 啓介:ケイスケ 啓太:ケイタ 慶太:ケイタ 玄:ゲン 元気:ゲンキ
三郎:サブロウ 四郎:シロウ 重雄:シゲオ 静夫:シズオ 秀樹:ヒデキ 秀明:ヒデアキ 英二:エイジ 英明:ヒデアキ 広志:ヒロシ 文雄:フミオ 文也:フミヤ 史郎:シロウ 平八:ヘイハチ 誠司:セイジ 誠一:セイイチ 征四郎:セイシロウ 千秋:チアキ""".split()
GIVEN_F = """紬:ツムギ 咲良:サクラ 芽依:メイ 陽葵:ヒマリ 澪:ミオ 凪:ナギ 杏:アン 心春:コハル 結月:ユヅキ 琴音:コトネ 美月:ミヅキ 美桜:ミオ 莉央:リオ 彩葉:イロハ 詩:ウタ 柚葉:ユズハ 花音:カノン 千晴:チハル 夏希:ナツキ 夏帆:カホ 香奈:カナ
香里:カオリ 加奈子:カナコ 佳奈:カナ 佳代子:カヨコ 佳子:ヨシコ 加代:カヨ 和美:カズミ 和代:カズヨ 君江:キミエ 喜美子:キミコ 清美:キヨミ 今日子:キョウコ 久子:ヒサコ 邦子:クニコ 恵:メグミ 恵美:エミ 恵美子:エミコ 恵理:エリ 江里子:エリコ
絵里:エリ 絵美:エミ 悦子:エツコ 栄子:エイコ 英子:ヒデコ 郁子:イクコ 育美:イクミ 泉:イズミ 市子:イチコ 梓:アズサ 彩乃:アヤノ 彩花:アヤカ 綾子:アヤコ 綾香:アヤカ 有紀:ユキ 由紀子:ユキコ 由佳:ユカ 由香里:ユカリ 友美:トモミ 友香:ユカ
優花:ユウカ 優子:ユウコ 優奈:ユウナ 祐子:ユウコ 幸恵:ユキエ 雪乃:ユキノ 百合子:ユリコ 陽奈:ヒナ 容子:ヨウコ 芳子:ヨシコ 好美:ヨシミ 里奈:リナ 里美:サトミ 理恵:リエ 理沙:リサ 律子:リツコ 瑠美:ルミ 玲奈:レナ 礼子:レイコ 令子:レイコ
若菜:ワカナ 真紀:マキ 真理子:マリコ 真弓:マユミ 真琴:マコト 麻里:マリ 麻美:アサミ 舞香:マイカ 雅子:マサコ 政子:マサコ 昌子:マサコ 万里子:マリコ 道子:ミチコ 美智子:ミチコ 美香:ミカ 美紀:ミキ 美穂:ミホ 美和:ミワ 美代子:ミヨコ 美帆:ミホ
光代:ミツヨ 緑:ミドリ 南美:ミナミ 峰子:ミネコ 睦美:ムツミ 宗子:ムネコ 萌:モエ 桃子:モモコ 桃花:モモカ 森美:モリミ 奈緒:ナオ 奈々:ナナ 奈美:ナミ 菜摘:ナツミ 尚子:ナオコ 七海:ナナミ 信子:ノブコ 法子:ノリコ 初美:ハツミ 初枝:ハツエ
春香:ハルカ 春江:ハルエ 遥:ハルカ 晴美:ハルミ 光莉:ヒカリ 瞳:ヒトミ 弘子:ヒロコ 博美:ヒロミ 寛子:ヒロコ 富美子:フミコ 史恵:フミエ 冬美:フユミ 穂香:ホノカ 貴子:タカコ 孝子:タカコ 多恵子:タエコ 珠美:タマミ 知佳:チカ
千佳:チカ 千代:チヨ 千夏:チナツ 弥生:ヤヨイ 靖子:ヤスコ 康子:ヤスコ 泰子:ヤスコ 八重:ヤエ 佐知子:サチコ 早苗:サナエ 早紀:サキ 沙織:サオリ 沙耶:サヤ 聡美:サトミ 静香:シズカ 静子:シズコ 志保:シホ 志乃:シノ 詩織:シオリ 順子:ジュンコ
純子:ジュンコ 澄子:スミコ 鈴音:スズネ 涼子:リョウコ 聖子:セイコ 世津子:セツコ 園子:ソノコ みなみ:ミナミ あかり:アカリ ほのか:ホノカ ゆかり:ユカリ まどか:マドカ のぞみ:ノゾミ いずみ:イズミ すみれ:スミレ めぐみ:メグミ こころ:ココロ ゆい:ユイ
つばさ:ツバサ かおる:カオル しおり:シオリ あおい:アオイ はるか:ハルカ マリア:マリア エミリ:エミリ リサ:リサ アンナ:アンナ カレン:カレン""".split()

# Postal code, prefecture, municipality, town (the codes as they are known to everybody who posts letters).
PLACES_JP = """0600042 北海道 札幌市中央区 大通西|0640820 北海道 札幌市中央区 大通西|0010010 北海道 札幌市北区 北十条西|0700030 北海道 旭川市 宮下通|0400063 北海道 函館市 若松町|0300803 青森県 青森市 安方|0368182 青森県 弘前市 土手町|0200024 岩手県 盛岡市 菜園
9800811 宮城県 仙台市青葉区 一番町|9800021 宮城県 仙台市青葉区 中央|9820011 宮城県 仙台市太白区 長町|0100951 秋田県 秋田市 山王|9902432 山形県 山形市 荒楯町|9608031 福島県 福島市 栄町|9638002 福島県 郡山市 駅前|3100015 茨城県 水戸市 宮町|3050031 茨城県 つくば市 吾妻
3200026 栃木県 宇都宮市 馬場通り|3700849 群馬県 高崎市 八島町|3710024 群馬県 前橋市 表町|3300845 埼玉県 さいたま市大宮区 仲町|3300063 埼玉県 さいたま市浦和区 高砂|3320012 埼玉県 川口市 本町|3591123 埼玉県 所沢市 日吉町|2600015 千葉県 千葉市中央区 富士見
2730005 千葉県 船橋市 本町|2770852 千葉県 柏市 旭町|2710092 千葉県 松戸市 松戸|1000005 東京都 千代田区 丸の内|1010021 東京都 千代田区 外神田|1040061 東京都 中央区 銀座|1050003 東京都 港区 西新橋|1060032 東京都 港区 六本木|1100005 東京都 台東区 上野
1120004 東京都 文京区 後楽|1300013 東京都 墨田区 錦糸|1350061 東京都 江東区 豊洲|1410031 東京都 品川区 西五反田|1440052 東京都 大田区 蒲田|1500002 東京都 渋谷区 渋谷|1540004 東京都 世田谷区 太子堂|1600022 東京都 新宿区 新宿|1650026 東京都 中野区 新井
1700013 東京都 豊島区 東池袋|1760012 東京都 練馬区 豊玉北|1920046 東京都 八王子市 明神町|1940013 東京都 町田市 原町田|1820024 東京都 調布市 布田|2200004 神奈川県 横浜市西区 北幸|2310023 神奈川県 横浜市中区 山下町|2220033 神奈川県 横浜市港北区 新横浜
2110004 神奈川県 川崎市中原区 新丸子東|2520303 神奈川県 相模原市南区 相模大野|2510052 神奈川県 藤沢市 藤沢|9500087 新潟県 新潟市中央区 東大通|9402112 新潟県 長岡市 大島本町|9300002 富山県 富山市 新富町|9200853 石川県 金沢市 本町|9100005 福井県 福井市 大手
4000031 山梨県 甲府市 丸の内|3800824 長野県 長野市 南石堂町|3900815 長野県 松本市 深志|5008833 岐阜県 岐阜市 神田町|4200851 静岡県 静岡市葵区 黒金町|4300926 静岡県 浜松市中央区 砂山町|4500002 愛知県 名古屋市中村区 名駅|4600008 愛知県 名古屋市中区 栄
4640850 愛知県 名古屋市千種区 今池|4710025 愛知県 豊田市 西町|5140009 三重県 津市 羽所町|5100075 三重県 四日市市 安島|5250032 滋賀県 草津市 大路|6008216 京都府 京都市下京区 東塩小路町|6048152 京都府 京都市中京区 手洗水町|5300001 大阪府 大阪市北区 梅田
5420076 大阪府 大阪市中央区 難波|5430055 大阪府 大阪市天王寺区 悲田院町|5900028 大阪府 堺市堺区 三国ヶ丘御幸通|5600021 大阪府 豊中市 本町|6500021 兵庫県 神戸市中央区 三宮町|6700927 兵庫県 姫路市 駅前町|6628001 兵庫県 西宮市 高松町|6308227 奈良県 奈良市 林小路町
6408331 和歌山県 和歌山市 美園町|6800831 鳥取県 鳥取市 栄町|6900003 島根県 松江市 朝日町|7000024 岡山県 岡山市北区 駅元町|7100055 岡山県 倉敷市 阿知|7320822 広島県 広島市南区 松原町|7300011 広島県 広島市中区 基町|7500025 山口県 下関市 竹崎町|7700831 徳島県 徳島市 寺島本町西
7600017 香川県 高松市 番町|7900012 愛媛県 松山市 湊町|7800053 高知県 高知市 駅前町|8120011 福岡県 福岡市博多区 博多駅前|8100001 福岡県 福岡市中央区 天神|8020001 福岡県 北九州市小倉北区 浅野|8400801 佐賀県 佐賀市 駅前中央|8500058 長崎県 長崎市 尾上町
8600805 熊本県 熊本市中央区 桜町|8700831 大分県 大分市 要町|8800811 宮崎県 宮崎市 錦町|8900053 鹿児島県 鹿児島市 中央町|9000015 沖縄県 那覇市 久茂地|9040004 沖縄県 沖縄市 中央|5201621 滋賀県 高島市 今津町今津|9218801 石川県 野々市市 御経塚|4100022 静岡県 沼津市 大岡|0691331 北海道 夕張郡長沼町 中央北
3870012 長野県 千曲市 桜堂|6496211 和歌山県 岩出市 中迫|8911305 鹿児島県 鹿児島市 宮之浦町|0392371 青森県 上北郡六戸町 犬落瀬|9893121 宮城県 仙台市青葉区 郷六|7812100 高知県 吾川郡いの町 中町|1981 東京都 西多摩郡奥多摩町 氷川""".replace("\n", "|").split("|")
BUILDINGS = "ロイヤルパレス メゾンドール グランフォーレ ライオンズガーデン コーポみずき ハイツ若竹 第三青柳荘 サンシティ プラウドタワー シャトレ ヴィラ富士 県営住宅 市営東団地 パークホームズ エスポワール コスモス館 ベルメゾン アーバンライフ".split()
AREA = {"北海道": "011 0166 0138", "青森県": "017 0172", "岩手県": "019", "宮城県": "022", "秋田県": "018", "東京都": "03 042", "神奈川県": "045 044 046", "埼玉県": "048 04", "千葉県": "043 047", "愛知県": "052 0565",
        "大阪府": "06 072", "京都府": "075", "兵庫県": "078 079", "福岡県": "092 093", "沖縄県": "098", "広島県": "082", "静岡県": "054 053", "長野県": "026 0263", "新潟県": "025", "石川県": "076"}
COMPANIES_JP = "みなと精機 東雲物産 北斗電設 あさぎり食品 大和屋酒店 清流堂 桜井工務店 光和システム 第一包装 山手不動産 ひまわり保育園 南風商会 白樺製菓 青葉学園 緑風会病院 海援運輸 みどり薬局 双葉印刷 丸勝水産 日の出タクシー".split()

WESTERN = {
    "en": ("Oliver George Arthur Noah Theodore Callum Duncan Fergus Nigel Trevor Gareth Rhys Wesley Preston Dwight Darnell Tyrone Amelia Isla Freya Poppy Imogen Harriet Beatrice Gwendolyn Bronwyn Siobhan Kayleigh Latoya Shanice Mackenzie Peyton Brooke Tiffany Heather Marjorie Doreen",
           "Whitfield Ashworth Pemberton Hargreaves Thistlewood Blackwell Cartwright Fairclough Haverstock Ormerod Rigby Tattersall Wetherby O'Connell McAllister Fitzgerald Kilpatrick Abernathy Bancroft Carmichael Dempsey Ellsworth Fairbanks Goodwin Holloway Jefferson Kirkland Langston Montgomery Prescott Rutherford Stanhope Treadwell Underhill Vandermeer Winslow Yarborough Smith-Jones"),
    "de": ("Lukas Jonas Felix Maximilian Jürgen Günther Wolfgang Dieter Horst Björn Sören Käthe Lieselotte Brigitte Ursula Anneliese Heike Katrin Svenja Annika Jörg Rüdiger Torsten",
           "Schäfer Krüger Böhm Lindner Vogt Winkler Schreiber Kühn Pohlmann Engelhardt Brinkmann Steinbach Hölzl Grüneberg Öztürk Weißmann Dießelhorst Zimmermann Achterberg von Hagen"),
    "fr": ("Étienne Théo Mathis Gaël Cédric Benoît François Thierry Clément Aurélie Chloé Zoé Élodie Maëlle Océane Françoise Geneviève Solène Amandine Noémie",
           "Lefèvre Moreau Rousseau Gauthier Chevalier Bérenger Deschamps Fontaine Garnier Lacroix Maréchal Perrault Quentin Roussel Thibault Vasseur d'Aubigny Le Goff Saint-Clair"),
    "es": ("Álvaro Iñigo Joaquín Sebastián Nicolás Ramón Begoña Inés Lucía Rocío Araceli Consuelo Ximena Yolanda Guillermo Héctor", "Ibáñez Zúñiga Echeverría Fernández Gutiérrez Peñaloza Quiñones Villanueva Castellanos Montenegro Arrieta Bermúdez Caballero Domínguez"),
    "it": ("Lorenzo Matteo Niccolò Giacomo Raffaele Ginevra Beatrice Chiara Ludovica Fiorella", "Bianchi Esposito Ferrari Marchetti Pellegrini Santoro Vitale D'Angelo De Luca Lombardi"),
    "cn": ("Weiming Xiaoling Jianguo Haoran Zihan Meiling Guangyu Yuchen Lihua Yanfei Zhiqiang Ruolan Tianyi Shufen", "Zhao Qian Huang Zheng Xu Ouyang Situ Feng Tang Deng Lü Peng Cao Jiang"),
    "kr": ("Min-jun Seo-yeon Ji-hoon Ha-eun Dong-hyun Eun-ji Sung-min Hye-jin Tae-yang Soo-ah Jae-won Na-rae", "Kim Park Choi Jeong Kang Yoon Hwang Seo Bae Noh Shin Moon"),
    "vn": ("Văn Hùng|Thị Lan|Minh Quân|Thanh Thảo|Đức Anh|Ngọc Bích|Quốc Bảo|Thu Hằng|Hoàng Long|Kim Ngân|Tuấn Kiệt|Mỹ Linh", "Nguyễn Trần Phạm Hoàng Võ Đặng Bùi"),
    "ar": ("Ahmed Yousef Khalid Fatimah Layla Nour Tariq Abdulrahman Mariam Zainab", "Al-Farsi Haddad Khoury Mansour Al-Rashid Nasser Bakr Saleh El-Sayed"),
    "in": ("Aarav Vihaan Rohan Suresh Lakshmi Priyanka Deepika Ananya Rajesh Venkatesh", "Iyer Subramaniam Chatterjee Deshpande Kulkarni Mukherjee Reddy Srinivasan"),
    "pl": ("Grzegorz Łukasz Małgorzata Agnieszka Zbigniew Jadwiga Tadeusz Wojciech Bożena Krystyna Kazimierz Ewelina", "Wójcik Kowalczyk Szymański Dąbrowski Jabłoński Krawczyk Piotrowski Grabowski Zieliński Pawlak Michalska Wróbel"),
}
NATIVE = {
    "kr": ("민준 서연 지훈 하은 동현 은지 성민 혜진 태양 수아 재원 나래 영숙 철수", "김 이 박 최 정 강 윤 황 서 배 노 신 문 남궁", ""),
    "cn": ("伟明 晓玲 建国 浩然 子涵 美玲 光宇 雨辰 丽华 燕飞 志强 若兰 天一 淑芬", "赵 钱 黄 郑 徐 欧阳 司徒 冯 唐 邓 吕 彭 曹 蒋", ""),
    "ru": ("Алексей Дмитрий Екатерина Наталья Сергей Ольга Мария Игорь Татьяна Павел", "Смирнов Кузнецова Попов Васильева Соколов Михайлова Новиков Фёдоров Морозова", " "),
}
CITIES = {
    "us": [("Boise", "ID", "837"), ("Duluth", "MN", "558"), ("Savannah", "GA", "314"), ("Tacoma", "WA", "984"), ("Albuquerque", "NM", "871"), ("Chattanooga", "TN", "374"), ("Fresno", "CA", "937"), ("Worcester", "MA", "016"), ("Baton Rouge", "LA", "708"), ("Sioux Falls", "SD", "571")],
    "gb": [("Leeds", "LS", "West Yorkshire"), ("Norwich", "NR", "Norfolk"), ("Exeter", "EX", "Devon"), ("Swansea", "SA", "Wales"), ("Dundee", "DD", "Angus"), ("Reading", "RG", "Berkshire")],
    "de": [("Kassel", "34117"), ("Göttingen", "37073"), ("Würzburg", "97070"), ("Saarbrücken", "66111"), ("Oldenburg", "26121"), ("Freiburg im Breisgau", "79098")],
    "fr": [("Angers", "49000"), ("Clermont-Ferrand", "63000"), ("Besançon", "25000"), ("Nîmes", "30900"), ("Le Havre", "76600")],
    "es": [("Zaragoza", "50001"), ("Valladolid", "47002"), ("Cádiz", "11005")],
    "it": [("Bergamo", "24121"), ("Siena", "53100"), ("Lecce", "73100")],
}
STREETS = {
    "us": "Maple Avenue|Old Mill Road|Chestnut Hill Dr|W Prairie St|Harbor View Ln|N Cedar Blvd|Cottonwood Ct|Juniper Way|E 42nd St|County Road 118",
    "gb": "Orchard Close|Station Road|Kingsway|Mill Lane|Victoria Terrace|The Crescent|Beech Grove|Albert Street",
    "de": "Lindenstraße|Bahnhofstr.|Am Mühlbach|Goetheallee|Kirchgasse|Hauptstraße|Schillerweg|Zum Alten Forst",
    "fr": "rue des Lilas|avenue Jean Jaurès|boulevard Voltaire|impasse du Moulin|place de la République|chemin des Vignes",
    "es": "Calle Mayor|Avenida de la Constitución|Calle San Miguel|Plaza de España",
    "it": "Via Garibaldi|Corso Italia|Via dei Mille|Piazza Dante",
}
COMPANIES_EN = "Harrowgate Logistics Ltd|Blue Finch Media Inc.|Norwood Dental LLC|Cobalt Ridge GmbH|Lakeshore Credit Union|Pinnacle Roofing Co.|Delmar Foods S.A.|Tidewater Marine PLC|Quillfeather Press Inc|Oakmoor Primary School".split("|")
DOMAINS = "mail.example.com home.example.net post.example.org kaisha.example.jp uni.example.edu web.example.info box.example.co.jp".split()
FREEMAIL = "gmail.com yahoo.co.jp icloud.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp outlook.com hotmail.co.uk gmx.de web.de orange.fr naver.com qq.com".split()


@functools.lru_cache(None)
def example_text():
    """All that pattern files show: a word in there is not new to the program's authors."""
    out = []
    for folder in ("Patterns/detectors", "Patterns/fields", "Patterns/linking"):
        for base, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in sorted(names):
                if name.endswith(".yaml"):
                    with open(os.path.join(base, name), encoding="utf-8") as file:
                        out.append(file.read())
    return "\n".join(out)


def held_out(word):
    """True for a word that the material may use: four of five by hash, and none of the pattern files shows it."""
    text = word.split(":")[0]
    if hashlib.sha256(text.encode()).digest()[0] % 5 == 0:
        return False
    if len(text) < 2:
        return True
    return text not in example_text()


def ours(words):
    kept = [word for word in words if held_out(word)]
    return kept or list(words)


ROMAJI = dict(zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
                  "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po vu".split()))
SMALL = {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ァ": "a", "ィ": "i", "ェ": "e", "ォ": "o"}


def romaji(kana):
    out = ""
    double = False
    for mark in kana:
        if mark == "ッ":
            double = True
        elif mark == "ー":
            continue
        elif mark in SMALL:
            small = SMALL[mark]
            out = (out[:-1] if out.endswith("i") else out) + (small[1:] if out[:-1].endswith(("sh", "ch", "j")) else small)
        else:
            sound = ROMAJI.get(mark, "")
            out += (sound[:1] if double else "") + sound
            double = False
    return re.sub("ou", "o", re.sub("uu", "u", out))


def hiragana(kana):
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in kana)


HALF = {}
for full, half in zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ"):
    HALF[full] = half
for full, base in zip("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ"):
    HALF[full] = HALF[base] + "ﾞ"
for full, base in zip("パピプペポ", "ハヒフヘホ"):
    HALF[full] = HALF[base] + "ﾟ"


def half_kana(kana):
    return "".join(HALF.get(c, c) for c in kana)


FULL = {i: i + 0xFEE0 for i in range(0x21, 0x7F)}
FULL[0x2D] = 0xFF0D


def full_width(text):
    return text.translate(FULL)
