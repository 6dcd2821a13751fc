"""The words by which people say yes and no, and how content they are, in all languages at once: people mix them.

Entries as in stadtdraht/lexicon: "word", "begins*", "*ends", "a_b_c". Dialect stands beside the standard.
"""

from stadtdraht.domain.understanding.cues import Lexicon


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAID_FIRST = Lexicon.of(
    [
        {
            "yes": """
                gebongt selbstredend sounds_great sounds_good abgemacht_ja wird_gemacht bin_gespannt geritzt
                jo_mei_ja aber_gerne aber_gern
                logisch joo jooo willige_ein ich_willige_ein nur_zu los_gehts auf_gehts immer_gern immer_gerne
                bitte_ja bitte_gern haette_ich_gern haett_i_gern wenns_sein_muss wenn_es_sein_muss hauts_nei
                nix_wie_her her_mit kommt_mir_recht gerne_doch rein_damit kann_nicht_schaden kann_nix_schaden
                schadet_nicht schadet_nix kann_ja_nicht_schaden ja jaa* jaja jo jou jau joa jup jupp jap japp jep
                jepp yep yup yes yess* yea yeah yeh jawohl jawoll jawoi jaduh hja jaha ja_klar sichi safe logo klar
                klaro sowieso freilich freile freili frali fraale gern* gerne* selbstverstaendlich natuerlich
                natuerle natürlech einverstanden akzeptiert bestaetigt bestaetige bestaetigung genehmigt ok oki okay
                okey okee okidoki oke okej geht_in_ordnung in_ordnung i_o definitiv auf_jeden auf_jeden_fall
                jederzeit mit_vergnuegen bittegern immer_her her_damit von_mir_aus meinetwegen mach_mal mach_ma
                i_bin_dabei ich_bin_dabei bin_dabei bin_einverstanden ich_stimme_zu stimme_zu zugestimmt zustimmung
                sure surely of_course agreed agree i_agree i_accept accept accepted absolutely definitely certainly
                go_ahead count_me_in alright all_right sounds_good confirm confirmed i_confirm please_do do_it
                yes_please evet evt olur olsun tamam tabi tabii tabiki tabii_ki elbette kabul kabul_ediyorum
                onayliyorum onay aynen peki hay_hay kesinlikle eminim так та_так ага авжеж звичайно звісно згода
                згоден згодна погоджуюсь погоджуюся добре гаразд давайте давай звісно_так приймаю підтверджую
                обовязково впевнена впевнений да да_да конечно согласен согласна согласны хорошо ладно ок окей
                принимаю подтверждаю безусловно разумеется пожалуй_да валяйте tak taak tak_tak jasne pewnie
                oczywiscie dobra dobrze zgoda zgadzam_sie zgadzam akceptuje potwierdzam poprosze chetnie
                niech_bedzie na_pewno ok_zgoda pewne no_jasne no_pewnie no_tak no_dobra no_ok no_dobrze نعم ايوا
                ايوه اي ايه اجل اكيد تمام طبعا موافق موافقة اوافق اقبل قبلت ماشي طيب اوكي حسنا بالتاكيد متاكد متاكدة
                يلا oui si da_sigur vale claro akkoord graag jawel doe_maar ja_hoor nichts_dagegen nix_dagegen
                keine_einwaende hab_nichts_dagegen habe_nichts_dagegen aber_sicher ganz_sicher so_ist_es
                so_solls_sein so_sei_es genau_so ja_genau passt_so das_passt bin_sicher bin_mir_sicher
            """,
            "yeah": """
                sicher genau stimmt richtig passt bassd basst top unbedingt absolut mach machma macht machts
                abgemacht fine deal correct right точно صح super prima perfekt toll wunderbar ausgezeichnet
                hervorragend bestens spitze klasse dabei dafuer passt_scho хочу chce istiyorum isterim machen_sie
                machen_wir warum_nicht warum_nich warum_net wieso_nicht wieso_net why_not geht_klar kein_problem
                no_problem kein_thema
            """,
            "no": """
                verzichte ich_verzichte danke_verzichte koa_interesse dat_bruuk bruuk_ick
                na_danke nicht_mit_mir lassen_wir_das lassen_wirs lass_mers lass_nur lassen_sie_nur lasst_nur
                bloss_net bloss_nich abbrechen abbruch zu_viel zuviel i_m_good im_good kein_chat keine_news
                kein_melder keine_warnung keine_warnungen nicht_schon_wieder zurueckziehen ich_passe geschenkt
                schenk_ich_mir spart_euch braucht_es_nicht brauchts_nicht muss_nicht muss_net mog_i_net mag_i_net
                mag_ich_nicht will_ich_nicht will_i_net moechte_ich_nicht mog_ned i_mog_ned i_mog_net nein neiin*
                nee neee* ne nö noe noee* noo nope nop nah nay no noi noo* naa na_na nei niet nä naeh njet naein
                nenene nene neinnein keinesfalls keineswegs niemals nie_im_leben nie nimmer auf_keinen
                auf_keinen_fall bloss_nicht ja_nicht um_gottes_willen um_himmels_willen bitte_nicht bitte_net
                lieber_nicht lieber_net liaber_net liebr_nicht besser_nicht eher_nicht eher_nich eher_net doch_nicht
                doch_net nicht_noetig net_noetig unnoetig jetzt_nicht im_moment_nicht gerade_nicht derzeit_nicht
                momentan_nicht vorerst_nicht ungern nicht_gern nichts_da nix_da kein_interesse koi_interesse
                kein_bedarf nicht_einverstanden abgelehnt lehne_ab ablehnen ablehnung widerspreche danke_nein
                nein_danke lass_mal lass_ma lass_stecken lass_gut_sein lassma lasst_mal lass_es lassen_sie_es
                ne_lass vergiss_es vergesst_es brauch_ich_nicht brauche_ich_nicht brauch_ich_nich brauchs_nicht
                brauchs_net brauchts_net brauch_i_net brauche_nicht brauch_nicht brauchen_wir_nicht brauchst_nicht
                nicht_interessiert not_interested no_thanks no_thank_you not_for_me not_now not_today not_really
                not_yet i_d_rather_not rather_not id_rather_not don_t dont do_not never no_way no_need decline
                i_decline disagree i_disagree cancel leave_it never_mind nevermind pass hayir hayr yok yo olmaz
                gerek_yok istemem istemiyorum kabul_etmiyorum almayayim kalsin simdilik_hayir vazgectim bosver
                hic_gerek_yok ні нє нет неа ніколи не_треба не_потрібно не_хочу не_згоден не_згодна не_погоджуюсь
                не_погоджуюся не_цікаво не_варто передумав передумала не_зараз не_надо не_нужно не_согласен
                не_согласна не_интересно не_стоит передумал не_сейчас откажусь отказываюсь ни_в_коем_случае nie_nie
                raczej_nie nie_chce nie_trzeba nie_potrzebuje nie_zgadzam rezygnuje odmawiam nie_dziekuje
                zdecydowanie_nie w_zadnym_razie لا لأ كلا مش لا_لا لا_شكرا ما_بدي ما_بحب ما_بقبل لا_اريد لا_داعي
                لا_اوافق غير_موافق ارفض مو_موافق بلاها بلا ما_في_داعي non liever_niet nu_je nee_dank
            """,
        }
    ]
)
"""Said at the beginning of a clause: the answer itself."""

SAID = Lexicon.of(
    [
        {
            "agree": """
                was_fuer_mich etwas_fuer_mich genau_richtig_fuer_mich
                waere_toll waere_super waere_schoen waere_prima waer_super waer_toll waer_schee mog_scho i_mog
                mag_ich moecht_ich_haben moechte_ich_haben da_bin_ich_dabei bin_dafuer einwillig* willige
                einverstanden stimme_zu zustimmen zugestimmt zustimmung akzeptiere akzeptieren akzeptiert unbedingt
                sehr_gern sehr_gerne nehme_ich_gern nehm_ich_gern ja_gern ja_gerne in_ordnung geht_klar bin_dabei
                mach_mit mache_mit nehme_teil ist_ok is_ok ist_okay is_okay ist_gut is_gut bestaetige bestaetigt
                her_damit das_will_ich will_ich_haben moechte_ich_gern moecht_i willi selbstverstaendlich
                von_mir_aus warum_nicht erlaubnis_habe ich_darf duerfen_sie genehmige nehmt_das_foto nehmen_sie_das
                agree agreed accept happy_with fine_with okay_with count_me love_to i_want_it sign_me kabul_ediyorum
                ediyorum_kabul isterim olur uygundur погоджуюсь погоджуюся згоден згодна приймаю згодний согласен
                согласна принимаю устраивает zgadzam akceptuje poprosze chetnie موافق موافقة اوافق قبلت اقبل بدي
            """,
            "send": """
                schick* send sende senden sendet einschalten einschaltet anschalten anmachen aktivier* freischalten
                schaltet_frei schaltets freigeschaltet schaltet_mi schalten_sie eintragen anmelden los_gehen
                losgehen kann_es_losgehen gonder* gönder* haber_verin надсилайте надсилай присилайте присылайте
                шлите пишите підключайте подключайте включайте увімкніть przysylajcie wysylajcie wlaczcie zapiszcie
                ابعتوا ارسلوا ابعتولي switch_them_on turn_on turn_them switch_on
            """,
            "delete": """
                raus_damit weg_mit
                loesch* *loeschen loescha loescht weg_damit alles_weg weggmacht wegmachen wegtun entfernen entferne
                entfernts vernichten vernichte alles_raus rausnehmen nausschmeissa tilgen weghauen ausradieren
                delete wipe erase forget remove bin_it get_rid sil silin silebilirsiniz silinsin unutun kaldirin
                видаляйте видаліть видалити стирайте зітріть стерти прибирайте приберіть забудьте удаляйте удалите
                удалить сотрите уберите стирать убирайте usuncie usunac usun usuwajcie skasujcie skasowac wykasujcie
                احذف* امسح* حذف مسح شيلوها اشطبوها امحوها
            """,
            "leave": """
                abmeld* abmelden abmelda abbestell* austragen raus rausnehmen heraus_nehmen heraus nehmt_mich
                aufhoeren stop stopp beend* schluss alles_aus nix_mehr nichts_mehr nicht_mehr keine_mehr kuendig*
                loesch* unsubscribe stop_everything opt_out remove_me take_me_off cikarin iptal durdurun відпишіть
                відписуйте відписати отпишите отписать відключайте отключайте wypiszcie wypisac rezygnuje الغوا
                اوقفوا وقفوا
            """,
            "keep": """
                alles_wie_es_ist wie_es_ist so_bleiben passt_so
                behalt* behoid* dabehalten bleib* bleibe bleiben bleibt bleib_dabei dabei_bleiben lasst_drin
                lass_drin drin_lassen drinlassen lass_stehen stehen_lassen stehenlassen ruhig_stehen kann_bleiben
                so_lassen so_wie_es_ist dalassen angemeldet_lassen angemeldet anlassen weiterhin weiter_bekommen
                aufheben aufbewahren kann_stehen steh_lassen lasst_mich_drin lassen_sie_mich lass_mich_drin
                weiterlesen nicht_gemeint nicht_abmelden keep leave_it leave_them stay staying keep_me keep_it
                kalsin kalayim kaliyorum dursun silmeyin kalmak залиште лишіть залишити залишаюсь залишаюся лишаюсь
                хай_буде нехай_буде оставьте остаюсь оставить пусть_остается пусть_останется пусть_будет не_удаляйте
                zostawcie zostaw zostaje zachowaj zostanie zostawic zachowac niech_zostanie خلوها خليها خليه خلوه
                ابقوها ابقاوها اتركوها اتركها بضل بقى باقي ابقى لا_تحذفوا
            """,
            "mistake": """
                versehen versehentlich vertippt tippfehler verklickt verdrueckt verschrieben irrtum irrtuemlich
                missverstaendnis missverstanden falsch_verstanden so_nicht_gemeint nicht_so_gemeint nicht_gemeint
                wars_nicht_gemeint war_fehler ein_fehler wollte_ich_nicht wollte_ich_gar_nicht wollt_ich_nicht
                quatsch spass scherz mistake by_accident typo wrong_button didn_t_mean didnt_mean yanlislikla yanlis
                помилково помилка випадково случайно ошибка ошибся ошиблась pomylka przypadkiem بالغلط غلط خطا
            """,
            "refuse": """
                nicht_teilnehmen nicht_mehr_teilnehmen nicht_dabei_sein
                das_ist_mir_zu zu_viel zuviel mach_ich_nicht mache_ich_nicht nicht_mit nicht_dabei lieber_nicht
                lieber_net liaber_net eher_nicht besser_nicht muss_nicht_sein muss_nich_sein muss_net_sein
                brauche_nicht brauch_nicht brauche_ich_nicht brauch_ich_nicht brauch_ich_nich brauchst_nicht
                brauchs_nicht brauch_i_net nicht_noetig moechte_ich_nicht moechte_nicht moecht_ich_nicht
                mag_ich_nicht mag_i_net will_ich_nicht will_ich_gar_nicht will_nicht will_i_net nicht_haben
                kein_bedarf kein_interesse keine_lust lass_mal lass_stecken mal_stecken auf_keinen_fall
                nicht_einverstanden bild_zurueck foto_zurueck ziehe_zurueck zieh_zurueck zurueckziehen
                nicht_verwenden nicht_veroeffentlich* nicht_mitmachen zu_heikel zu_unsicher jetzt_nicht
                im_moment_nicht sag_ich_nicht nicht_sagen keine_angabe reichen_mir reicht_mir mir_reicht mir_reichen
                reicht_voellig langt_mir lass_ich_es lasse_ich_es nein_danke danke_nein hab_schon_die habe_schon_die
                not_interested rather_not don_t_want dont_want no_need not_for_me will_do_me got_an_app do_not_want
                istemem istemiyorum gerek_yok etmiyorum olmaz almayayim не_хочу не_треба не_потрібно не_згод*
                не_погоджу* не_надо не_нужно не_соглас* не_приймаю не_принимаю nie_chce nie_trzeba nie_zgadzam
                nie_akceptuje nie_potrzebuje ما_بدي لا_اريد لا_اوافق غير_موافق ما_بقبل
            """,
            "unsure": """
                weiss_nicht weiss_nich weiss_net weiss_noch_nicht weiss_no_net weiss_i_net woiss_no_net woiss_net
                woass_ned woas_ned weiss_grad_nicht weis_nicht weis_net keine_ahnung ueberleg* ueberlegen ueberlega
                unsicher nicht_sicher net_sicher nicht_so_sicher unschluessig unentschlossen vielleicht eventuell
                evtl mal_schauen mal_schaun mal_sehen mal_gucken schau_mir schaue_mir schau_ma schaun_mer guck_mir
                gucke_mir muss_gucken muss_erst erst_mal_gucken erst_gucken drueber_schlafen darueber_schlafen
                nachdenken denke_noch denk_drueber bedenkzeit mann_fragen frau_fragen tochter_fragen sohn_fragen
                enkel_fragen spaeter_nochmal melde_mich moment warte warten_sie sekunde abwarten kommt_drauf_an
                kommt_darauf_an jein hm hmm hmmm mhm haeh hae nachlesen erst_lesen not_sure maybe perhaps
                let_me_think think_about have_to_think have_to_ask i_ll_ask depends dunno don_t_know dont_know
                i_ll_see later belki dusuneyim dusunecegim bilmiyorum emin_degilim bakariz sonra можливо мабуть
                подумаю не_знаю не_впевнен* запитаю порадюсь пізніше побачу может возможно подумать посоветуюсь
                спрошу не_уверен* позже посмотрю посмотрим moze zastanowie musze_zapytac nie_wiem pomysle zobacze
                pozniej يمكن ربما بشوف بفكر ما_بعرف لا_اعرف لست_متاكد بسال بعدين
            """,
            "first": """
                erst_eine_frage erst_mal_eine_frage erstmal_eine_frage zuerst_eine_frage eine_frage erst_wissen
                vorher_wissen vorher_noch vorher_haette bevor vorher erst_mal_wissen erstmal_wissen zuerst zunaechst
                vorab erst_noch vorweg gerne_wissen gern_wissen wuesste_gern wuesste_ich_gern before
                first_a_question one_question first_question once_i onceden once_bir soru спочатку сначала прежде
                najpierw przed قبل
            """,
            "not": """
                nicht nich nit net ned kein keine keinen keiner keinem koi koa koan koin koine nix nichts nie
                niemals ohne nimmer nimma niet not no never without don_t dont won_t doesn_t degil yok hayir не ні
                нет нічого ничего без nic bez لا ما مش مو ليس غير بلا لم لن
            """,
            "asks": """
                wie was wer wo wann warum wieso weshalb wozu welche welcher welches wieviel wovon wofuer wohin woher
                wos wia worum womit wird darf kann_ich kann_man muss_ich gibt_es gibts kostet kommt_da kommen_da
                bekomm_ich bekomme_ich liest ist_das sind_die sind_das how what who where when why which do_i does
                can_i would_i is_it are_they will_i do_they ne_siklikla ne_kadar ne_zaman nasil kim kac mi mu mudur
                midir як що хто коли де скільки чому чи как что кто когда где сколько почему можно jak co kto kiedy
                gdzie ile dlaczego czy كيف شو ماذا متى اين وين كم هل ليش لماذا مين من
            """,
            "offer": """
                sachen sowas zusaetzlich* weitere weiteres anderes extra chat news newsletter melder warnung*
                nachrichten infos uyari* новини новости czat شات
            """,
        }
    ]
)

# A clause of few words that ends with one of them refuses: "eigentlich nicht", "i mog ned"; not so "warum nicht".
ENDS_WITH_NOT = _words("nicht nich net ned niet ")
NOT_SO = _words("warum wieso weshalb weiss woiss woass wer was wie ob schlecht falsch dumm verkehrt uebel dagegen ")

# Stand before an answer and say nothing: "ach nö", "um Himmels willen nein", "danke nein".
LEADS = _words(
    "ach ah oh ohje oje oi ui uff aeh aehm och na naja nun gut also danke dank vielen herzlichen bitte hallo hi hey "
    "moin servus guten tag morgen abend um himmels gottes willen ganz sehr aber doch dann wenn schon nochmal leider "
    "ups oops huch herrje mei ei des das sorry entschuldigung tut leid ja_also warnungen news chat melder thanks "
    "thank you please oh_no well so wait lutfen tesekkurler спасибо дякую будь ласка пожалуйста ой ну та dziekuje "
    "prosze no_to شكرا لو سمحتم من فضلكم والله mit den bedingungen quatsch с условиями умовами super "
)
# Behind "ja" they make it a way to begin: "ja hallo, ich ...".
GREETS = _words("hallo hi hey moin servus tach guten gruess mei ")
NOT_YES_BEFORE = _words("ne nee also hier wo wie was wann wer es ihr nix nichts mal das ")
# Behind "ne" it means no; else "ne Laterne" is short for "eine".
NO_BEFORE = _words(
    "ich i das dat des so war lass lasst lassen danke nicht nich brauch brauche will mag muss doch du ne nee echt "
    "wirklich lieber bitte warte warum keine kein wars ist is geht hab habe da bleibt bleib behalt behalten nein "
    "bloss nur "
)

STARS = "⭐★🌟"
YES_SIGNS = frozenset("👍👌✅☑✔🆗💯🙌🤝")
NO_SIGNS = frozenset("👎❌🚫🙅✋⛔✖")

RATES = Lexicon.of(
    [
        {
            "best": """
                in_ordnung ist_ok is_ok ist_okay is_okay sauber bravo klappt geklappt ok okay zufrieden zufriedn
                zfriedn hochzufrieden super supi spitze spitzenklasse klasse top toll prima bestens picobello
                perfekt hervorragend ausgezeichnet grossartig wunderbar wunderba genial mega vorbildlich exzellent
                einwandfrei tadellos lob begeistert gluecklich happy sehr_gut alles_gut alles_bestens alles_super
                gut_gemacht saugut pfundig guad guat gut schoen_geworden schee schoen erledigt repariert geloest
                behoben wieder_heile wieder_ganz wieder_heil passt_alles passt funktioniert geht_wieder
                leuchtet_wieder brennt_wieder flott fix schnell danke dankeschoen vielen_dank daumen_hoch weiter_so
                eins_mit_sternchen volle_punktzahl 5_von_5 4_von_5 10_von_10 9_von_10 8_von_10 fuenf_sterne 5_sterne
                5_stars five_stars note_1 note_2 note_eins schulnote_1 eine_1 ne_1 eine_eins ne_eins satisfied great
                excellent perfect good very_good brilliant well_done pleased delighted fantastic memnunum memnun
                harika cok_iyi iyi guzel mukemmel supersiniz задоволений задоволена задоволені чудово добре відмінно
                супер дякую доволен довольна довольны отлично хорошо прекрасно спасибо zadowolony zadowolona
                zadowoleni swietnie dobrze bardzo_dobrze doskonale راض راضي راضية ممتاز رايع جيد تمام شكرا
            """,
            "fine": """
                nicht_schlecht net_schlecht ned_schlecht nicht_uebel nicht_meckern nichts_zu_meckern nix_zu_meckern
                nicht_klagen not_bad fena_degil
            """,
            "middle": """
                ganz_ok ganz_okay ganz_gut war_ok okayisch haette_schneller haette_frueher haett_schneller
                koennte_schneller etwas_spaet zu_spaet leider_spaet geht_so so_la_la so_lala naja na_ja mittel
                mittelmaessig teils_teils halb_halb halbwegs einigermassen maessig teilweise zum_teil befriedigend
                ausreichend durchwachsen soso so_so passabel geht_schon note_3 note_4 note_drei note_vier eine_3
                eine_4 ne_3 ne_4 3_von_5 5_von_10 6_von_10 7_von_10 drei_sterne 3_sterne haette_besser
                koennte_besser nicht_ganz net_ganz noch_nicht_ganz weder_noch partly average mediocre
                could_be_better orta eh_iste fena_degil idare_eder kismen частково нормально так_собі частично
                так_себе czesciowo tak_sobie srednio الى_حد_ما نص_نص وسط
            """,
            "worst": """
                nicht_wirklich net_wirklich setzen_sechs eher_nicht nicht_so_ganz nicht_gut net_gut unzufrieden
                unzfriedn nicht_zufrieden net_zufrieden ned_zufrieden nich_zufrieden alles_andere_als_zufrieden
                enttaeuscht enttaeuschend schlecht mies miserabel mangelhaft ungenuegend katastrophe katastrophal
                schlimm furchtbar schrecklich frechheit unverschaemt sauerei skandal daneben gar_nicht
                ueberhaupt_nicht nullkommanull unmoeglich lachhaft witz traurig schwach murks pfusch gepfuscht
                daumen_runter unbrauchbar setzen_6 note_5 note_6 note_sechs note_fuenf eine_5 eine_6 ne_5 ne_6
                eine_sechs ne_sechs 1_von_5 2_von_5 0_von_5 0_von_10 1_von_10 2_von_10 3_von_10 4_von_10 ein_stern
                1_stern 0_sterne null_sterne one_star unsatisfied dissatisfied not_satisfied unhappy not_happy
                disappointed terrible awful bad poor useless memnun_degilim memnun_degil kotu berbat rezalet
                незадоволений незадоволена не_задоволений не_задоволена погано жахливо недоволен недовольна
                не_доволен не_довольна плохо ужасно niezadowolony niezadowolona nie_jestem_zadowolon* zle fatalnie
                okropnie غير_راض غير_راضي غير_راضية سيء سيي مش_راضي مو_راضي
            """,
            "undone": """
                immer_noch noch_immer immernoch nach_wie_vor wie_vorher wie_zuvor nicht_erledigt nicht_repariert
                nichts_passiert nix_passiert nichts_gemacht nix_gmacht nicht_weg nicht_behoben schon_wieder
                wieder_kaputt weiterhin_kaputt geht_nicht still_broken still_not not_fixed halbe_arbeit falsche
            """,
            "later": """
                noch_nicht_da noch_nicht_gesehen muss_erst muss_ich_erst erst_gucken erst_schauen schau_ich
                mal_schauen mal_sehen weiss_nicht keine_ahnung noch_nicht_geschaut noch_nicht_gucken welche_meldung
                nicht_meine_meldung gar_nicht_meine not_checked have_to_look
            """,
        }
    ]
)
